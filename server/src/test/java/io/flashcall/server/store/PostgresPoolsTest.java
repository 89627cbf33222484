package io.flashcall.server.store;

import io.flashcall.verification.store.PoolsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresPoolsTest extends PoolsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
