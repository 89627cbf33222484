package io.flashcall.verification.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// The processes that work on one store, and say that they are alive. What one of them has claimed is bound
/// to its name.
public interface Nodes {

    /// This process's name; another process has another one, also on the same machine and also after a
    /// restart.
    String own();

    /// Says that this process is alive.
    ///
    /// @return how often each node has said so, this one included: a count that stands still is a node that
    ///         is dead
    Map<String, Long> beat();

    /// Forgets nodes that are dead, and lets go of what they had claimed: deliveries are due now, and the
    /// keys of requests that were in progress are free. Should one of them live after all, it is counted
    /// anew when it says so, and what it still delivers arrives twice.
    void bury(Collection<String> dead, Instant now);
}
