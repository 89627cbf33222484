package io.flashcall.server.store;

import io.flashcall.verification.store.SessionListContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSessionListTest extends SessionListContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
