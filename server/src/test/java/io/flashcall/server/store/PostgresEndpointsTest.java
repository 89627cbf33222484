package io.flashcall.server.store;

import io.flashcall.verification.store.EndpointsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresEndpointsTest extends EndpointsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
