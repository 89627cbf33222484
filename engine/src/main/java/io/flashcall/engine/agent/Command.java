package io.flashcall.engine.agent;

import io.flashcall.engine.trunk.Trunk;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

/// What other threads ask of a user agent's loop.
sealed interface Command
        permits CallSlot,
                Command.HangUp,
                Command.HangUpAll,
                Command.AbortAll,
                Command.Relocate,
                Command.OnLines,
                Command.Leave,
                Command.Signed {

    /// Hang up one call, if it is still live.
    record HangUp(long key) implements Command {}

    /// The signature that a call waits for, or [CallSignature#NONE] when it cannot be made.
    ///
    /// @param key of the call, which may have ended
    record Signed(long key, CallSignature signature) implements Command {}

    /// A trunk's hosts are these from now on. Where the agent does not know the trunk, or not any more, it is of no
    /// concern.
    record Relocate(Trunk trunk, List<Hops.Located> located) implements Command {}

    /// Something is done with the agent's trunks, at the time that it is given.
    ///
    /// @param done when it is done, or has failed
    record OnLines(ObjLongConsumer<TrunkLines> step, CompletableFuture<Void> done) implements Command {}

    /// Take our contacts back from the registrars.
    record Leave(Runnable whenDone) implements Command {}

    /// Hang up every live call.
    record HangUpAll() implements Command {}

    /// End every live call without a word to the peers: the engine closes.
    record AbortAll(Runnable whenDone) implements Command {}
}
