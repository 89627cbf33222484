package io.flashcall.server.store;

import io.flashcall.verification.store.SpendingContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSpendingTest extends SpendingContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
