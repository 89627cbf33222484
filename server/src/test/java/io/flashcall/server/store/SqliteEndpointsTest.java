package io.flashcall.server.store;

import io.flashcall.verification.store.EndpointsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class SqliteEndpointsTest extends EndpointsContract {

    @Override
    protected Storage open(Path folder) {
        return SqliteStorage.in(folder);
    }
}
