package io.flashcall.server.store;

import io.flashcall.verification.store.OutboxContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteOutboxTest extends OutboxContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
