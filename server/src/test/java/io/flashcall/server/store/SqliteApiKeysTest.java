package io.flashcall.server.store;

import io.flashcall.verification.store.ApiKeysContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteApiKeysTest extends ApiKeysContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
