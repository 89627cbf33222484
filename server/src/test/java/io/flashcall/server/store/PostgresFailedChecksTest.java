package io.flashcall.server.store;

import io.flashcall.verification.store.FailedChecksContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresFailedChecksTest extends FailedChecksContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
