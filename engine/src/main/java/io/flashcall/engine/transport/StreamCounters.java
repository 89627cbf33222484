package io.flashcall.engine.transport;

import java.util.Map;

/// What passed through a stream, over all its connections, since it was made.
///
/// @param closed how often each reason ended a connection or an attempt; reasons that never did are left out
public record StreamCounters(In in, Out out, long connected, Map<CloseReason, Long> closed) {

    /// What came.
    ///
    /// @param messages handed to the handler
    /// @param bytes    all, keep-alives too; over TLS, decrypted
    /// @param pings    of the peer's, all answered
    /// @param pongs    answers to our pings
    public record In(long messages, long bytes, long pings, long pongs) {}

    /// What left.
    ///
    /// @param messages queued; those that waited when a connection ended are counted too
    /// @param bytes    of these messages
    /// @param refused  messages that were not queued: no connection, or too much waited already
    /// @param pings    of ours
    public record Out(long messages, long bytes, long refused, long pings) {}
}
