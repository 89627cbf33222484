package io.flashcall.server.store;

import io.flashcall.verification.store.LeasesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresLeasesTest extends LeasesContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
