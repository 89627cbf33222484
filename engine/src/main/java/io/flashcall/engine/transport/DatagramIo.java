package io.flashcall.engine.transport;

import java.net.InetSocketAddress;

/// One bound UDP socket on one event loop. Everything but [#counters] and [#localAddress] is for that loop's thread
/// only.
public interface DatagramIo extends AutoCloseable {

    /// Queues a copy of a datagram; [#flush] sends it. Never blocks and never throws for what the network does: a send
    /// that fails comes back as [DatagramHandler#onSendError] with `token`, never from within this method.
    ///
    /// While the kernel would block, datagrams wait in order until it takes them. The queue is bounded: what
    /// does not fit is dropped, counted and reported as EAGAIN (11).
    ///
    /// @param length 1..65507, else an IllegalArgumentException
    void send(byte[] bytes, int offset, int length, Endpoint to, long token);

    /// Sends what is queued, in order, and reports what failed.
    void flush();

    /// Where the socket is bound; the port is the real one, also when 0 was asked for.
    InetSocketAddress localAddress();

    /// A snapshot of what passed through; any thread.
    IoCounters counters();

    /// Sends what is queued as far as the kernel takes it at once, then releases the socket. Idempotent.
    @Override
    void close();
}
