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

    /// Changes whenever a pool is saved or deleted, by whichever process.
    long revision();

    /// @return whether there was one
    boolean delete(String name);
}
