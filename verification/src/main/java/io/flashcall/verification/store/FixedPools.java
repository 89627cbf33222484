package io.flashcall.verification.store;

import io.flashcall.verification.number.Pool;
import java.util.List;
import java.util.Optional;

/// Pools that are what they are, for rules that ask a store: those of a file, or one on trial.
public record FixedPools(List<Pool> list) implements Pools {

    public FixedPools {
        list = List.copyOf(list);
    }

    @Override
    public Optional<Pool> find(String name) {
        return list.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public void save(Pool pool) {
        throw new IllegalStateException("fixed pools are not saved");
    }

    @Override
    public boolean delete(String name) {
        throw new IllegalStateException("fixed pools are not deleted");
    }
}
