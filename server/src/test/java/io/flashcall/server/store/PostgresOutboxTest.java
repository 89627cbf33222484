package io.flashcall.server.store;

import io.flashcall.verification.store.OutboxContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresOutboxTest extends OutboxContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
