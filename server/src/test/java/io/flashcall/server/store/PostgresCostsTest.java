package io.flashcall.server.store;

import io.flashcall.verification.store.CostsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresCostsTest extends CostsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
