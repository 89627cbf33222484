package io.flashcall.server.store;

import io.flashcall.verification.store.OutboxOrderContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresOutboxOrderTest extends OutboxOrderContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
