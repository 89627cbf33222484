package io.flashcall.server.store;

import io.flashcall.verification.store.NodesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresNodesTest extends NodesContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
