package io.flashcall.engine.trunk.dns;

/// Is told where a carrier is.
@FunctionalInterface
public interface TargetListener {

    /// The first targets, or others than before. One call at a time, in order, on the watcher's thread, which
    /// may wait here. Not called for a mere new time to live, nor when nothing is found.
    ///
    /// @return false when not all of them can be used now: then the next look-up tells them again
    boolean onTargets(Located located);
}
