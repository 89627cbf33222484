package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.store.Pools;
import java.util.List;
import java.util.Optional;

/// Caller-id pools over SQL.
final class SqlPools implements Pools {

    private final Definitions<Pool> definitions;

    SqlPools(Database database, Codec<Pool> codec) {
        this.definitions = new Definitions<>(database, codec, "pools", "pools", "name");
    }

    @Override
    public Optional<Pool> find(String name) {
        return definitions.find(name);
    }

    @Override
    public List<Pool> list() {
        return definitions.list();
    }

    @Override
    public void save(Pool pool) {
        definitions.save(pool.name(), pool);
    }

    @Override
    public long revision() {
        return definitions.revision();
    }

    @Override
    public boolean delete(String name) {
        return definitions.delete(name);
    }
}
