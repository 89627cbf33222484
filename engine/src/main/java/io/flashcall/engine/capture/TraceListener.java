package io.flashcall.engine.capture;

import java.net.InetSocketAddress;

/// Sees each SIP message of an engine. Called on the event loops: it must be quick and thread-safe, and must not keep
/// `bytes`, which are overwritten after the call returns. What it throws is logged and has no further effect.
@FunctionalInterface
public interface TraceListener {

    /// Nobody listens: nothing is allocated for tracing.
    TraceListener NONE = (call, sent, nanos, bytes, length, peer) -> {};

    /// @param call   the value of the call's `CallId`, or 0 for a message that belongs to none
    /// @param sent   whether we sent it
    /// @param nanos  monotonic time, as of `System.nanoTime()`
    /// @param bytes  the message, from index 0 to `length`
    /// @param peer   where it went or came from
    void onMessage(long call, boolean sent, long nanos, byte[] bytes, int length, InetSocketAddress peer);
}
