package io.flashcall.server.store;

import io.flashcall.verification.store.QuarantinesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteQuarantinesTest extends QuarantinesContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
