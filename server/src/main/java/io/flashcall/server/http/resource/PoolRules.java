package io.flashcall.server.http.resource;

import io.flashcall.verification.number.Pool;
import java.util.List;

/// Holds a pool against the rest of the configuration, such as the numbers that its trunks own. Thread-safe.
@FunctionalInterface
public interface PoolRules {

    /// What is wrong, one sentence each; empty: it can be used.
    List<String> problems(Pool pool);
}
