package io.flashcall.server.store;

import io.flashcall.verification.store.SessionRemovalContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSessionRemovalTest extends SessionRemovalContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
