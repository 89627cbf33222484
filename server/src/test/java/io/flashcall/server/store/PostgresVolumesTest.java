package io.flashcall.server.store;

import io.flashcall.verification.store.Storage;
import io.flashcall.verification.store.VolumesContract;
import java.nio.file.Path;

class PostgresVolumesTest extends VolumesContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
