package io.flashcall.cli.terminal;

/// How a command hears of SIGHUP: as a request to read its configuration again.
@FunctionalInterface
public interface ReloadSignal {

    /// Nobody sends it.
    ReloadSignal NONE = _ -> {};

    /// From now on the signal no longer ends the process.
    ///
    /// @param request called on a thread of its own, once for each signal; the system may join several
    void on(Runnable request);
}
