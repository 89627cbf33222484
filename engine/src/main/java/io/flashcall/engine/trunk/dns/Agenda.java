package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.time.Instant;

/// The time, and work for later; a port, so that tests turn the hands themselves. Any thread.
public interface Agenda {

    /// Monotonic.
    long nanoTime();

    /// For the operator's eyes.
    Instant now();

    /// Does that work once, after that time, on a thread that may wait.
    Entry after(Duration delay, Runnable work);

    /// What stands on the agenda.
    interface Entry {

        /// The work is not begun any more; if it has begun, its thread is interrupted. Does not wait.
        void cancel();
    }

    /// The machine's clock, and a virtual thread for each entry.
    ///
    /// @param name of the threads
    static Agenda ofSystem(String name) {
        return new VirtualAgenda(name);
    }
}
