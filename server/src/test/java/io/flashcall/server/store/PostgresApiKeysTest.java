package io.flashcall.server.store;

import io.flashcall.verification.store.ApiKeysContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresApiKeysTest extends ApiKeysContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
