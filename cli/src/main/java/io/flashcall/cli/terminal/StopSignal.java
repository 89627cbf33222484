package io.flashcall.cli.terminal;

import java.time.Duration;

/// How a command hears of Ctrl-C and SIGTERM: as a request to come to its end.
@FunctionalInterface
public interface StopSignal {

    /// From now on a signal no longer ends the process at once.
    ///
    /// @param patience how long the command may take to end once it was asked
    /// @param request  called on a thread of its own, at most once
    void on(Duration patience, Runnable request);
}
