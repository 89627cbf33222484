package io.flashcall.engine.agent;

import java.util.List;

/// What other threads ask of a user agent's loop.
sealed interface Command
        permits CallSlot,
                Command.HangUp,
                Command.HangUpAll,
                Command.AbortAll,
                Command.Relocate,
                Command.Leave,
                Command.Signed {

    /// Hang up one call, if it is still live.
    record HangUp(long key) implements Command {}

    /// The signature that a call waits for, or [CallSignature#NONE] when it cannot be made.
    ///
    /// @param key of the call, which may have ended
    record Signed(long key, CallSignature signature) implements Command {}

    /// A trunk's hosts are these from now on.
    ///
    /// @param line index of the trunk
    record Relocate(int line, List<Hops.Located> located) implements Command {}

    /// Take our contacts back from the registrars.
    record Leave(Runnable whenDone) implements Command {}

    /// Hang up every live call.
    record HangUpAll() implements Command {}

    /// End every live call without a word to the peers: the engine closes.
    record AbortAll(Runnable whenDone) implements Command {}
}
