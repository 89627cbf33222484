package io.flashcall.server.store;

import io.flashcall.verification.store.AppsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresAppsTest extends AppsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
