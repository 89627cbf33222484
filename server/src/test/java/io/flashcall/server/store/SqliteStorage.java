package io.flashcall.server.store;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

/// The embedded store, as the contracts want it.
record SqliteStorage(Path file, SqlStore store) implements SqlStorage {

    static SqliteStorage in(Path folder) {
        return open(folder.resolve("flashcall.db"));
    }

    private static SqliteStorage open(Path file) {
        return new SqliteStorage(
                file, SqlStore.open(new StoreConfig.File(file), new AppCodec(), new PoolCodec(), Sample.VAULT));
    }

    @Override
    public Storage beside() {
        return open(file);
    }

    @Override
    public Storage reopened() {
        close();
        return open(file);
    }

    @Override
    public void close() {
        store.close();
    }
}
