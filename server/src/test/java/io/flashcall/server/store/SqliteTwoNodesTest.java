package io.flashcall.server.store;

import io.flashcall.verification.store.Storage;
import io.flashcall.verification.store.TwoNodesContract;
import java.nio.file.Path;

class SqliteTwoNodesTest extends TwoNodesContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
