package io.flashcall.server.store;

import io.flashcall.verification.store.SessionLeasesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteSessionLeasesTest extends SessionLeasesContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
