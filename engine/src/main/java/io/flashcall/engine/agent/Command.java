package io.flashcall.engine.agent;

/// What other threads ask of a user agent's loop.
sealed interface Command permits CallSlot, Command.HangUp, Command.HangUpAll, Command.AbortAll {

    /// Hang up one call, if it is still live.
    record HangUp(long key) implements Command {}

    /// Hang up every live call.
    record HangUpAll() implements Command {}

    /// End every live call without a word to the peers: the engine closes.
    record AbortAll(Runnable whenDone) implements Command {}
}
