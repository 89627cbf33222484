package io.flashcall.server.store;

import io.flashcall.verification.store.SessionRemovalContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteSessionRemovalTest extends SessionRemovalContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
