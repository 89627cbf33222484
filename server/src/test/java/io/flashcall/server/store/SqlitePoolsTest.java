package io.flashcall.server.store;

import io.flashcall.verification.store.PoolsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqlitePoolsTest extends PoolsContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
