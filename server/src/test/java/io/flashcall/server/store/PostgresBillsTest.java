package io.flashcall.server.store;

import io.flashcall.verification.store.BillsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresBillsTest extends BillsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
