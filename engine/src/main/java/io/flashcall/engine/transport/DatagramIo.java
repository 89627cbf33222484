package io.flashcall.engine.transport;

import java.net.InetSocketAddress;

/// One bound UDP socket on one event loop. Everything but [#counters] and [#localAddress] is for that loop's thread
/// only.
public interface DatagramIo extends AutoCloseable {

    /// Queues a copy of a datagram; [#flush] sends it. Never blocks and never throws for what the network does: a send
    /// that fails comes back as [DatagramHandler#onSendError] with `token`.
    ///
    /// @param length 0..65507
    void send(byte[] bytes, int offset, int length, Endpoint to, long token);

    /// Sends what is queued, in order.
    void flush();

    /// Where the socket is bound; the port is the real one, also when 0 was asked for.
    InetSocketAddress localAddress();

    /// A snapshot of what passed through; any thread.
    IoCounters counters();

    /// Sends what is queued, then releases the socket. Idempotent.
    @Override
    void close();
}
