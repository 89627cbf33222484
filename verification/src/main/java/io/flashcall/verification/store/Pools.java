package io.flashcall.verification.store;

import io.flashcall.verification.number.Pool;
import java.util.List;
import java.util.Optional;

/// Caller-id pools.
public interface Pools {

    Optional<Pool> find(String name);

    List<Pool> list();

    /// Adds or replaces.
    void save(Pool pool);

    /// @return whether there was one
    boolean delete(String name);
}
