package io.flashcall.server.store;

import io.flashcall.verification.store.SessionRacesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSessionRacesTest extends SessionRacesContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
