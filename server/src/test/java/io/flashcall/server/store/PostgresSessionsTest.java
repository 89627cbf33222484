package io.flashcall.server.store;

import io.flashcall.verification.store.SessionsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSessionsTest extends SessionsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
