package io.flashcall.server.store;

import io.flashcall.verification.store.IdempotentRequestsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresIdempotentRequestsTest extends IdempotentRequestsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
