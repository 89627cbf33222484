package io.flashcall.engine.transport;

import java.net.InetSocketAddress;

/// One bound UDP socket on one event loop. Everything but [#counters] and [#localAddress] is for that loop's thread
/// only.
public interface DatagramIo extends AutoCloseable {

    /// Lanes of [#send], from 0 on.
    int LANES = 8;

    /// The last lane: the only one whose datagrams leave in the order in which they were queued.
    int IN_ORDER = LANES - 1;

    /// Queues a copy of a datagram; [#flush] sends it. Never blocks and never throws for what the network does: a send
    /// that fails comes back as [DatagramHandler#onSendError] with `token`, never from within this method.
    ///
    /// A flush may send lane by lane, from 0 on, and within a lane in any order but in the last one: so
    /// that equally long datagrams to one target can share a send. Those whose order matters go into lanes
    /// that say it, or all into the last one.
    ///
    /// While the kernel would block, datagrams wait until it takes them. The queue is bounded: what does not fit
    /// is dropped, counted and reported as EAGAIN (11).
    ///
    /// @param length 1..65507, else an IllegalArgumentException
    /// @param lane   0 to [#LANES] - 1
    void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane);

    /// The same in the lane that keeps its order.
    default void send(byte[] bytes, int offset, int length, Endpoint to, long token) {
        send(bytes, offset, length, to, token, IN_ORDER);
    }

    /// Sends what is queued, and reports what failed.
    void flush();

    /// Leaves what arrives to [#poll] from now on, or no more.
    ///
    /// @return false where that cannot be: what arrives is read at once, as before
    default boolean gather(boolean gathering) {
        return false;
    }

    /// Reads what has gathered and hands it over, within a cycle of the caller's: neither
    /// [DatagramHandler#beforeRead] nor [DatagramHandler#afterRead] is called.
    default void poll() {}

    /// Where the socket is bound; the port is the real one, also when 0 was asked for.
    InetSocketAddress localAddress();

    /// A snapshot of what passed through; any thread.
    IoCounters counters();

    /// Sends what is queued as far as the kernel takes it at once, then releases the socket. Idempotent.
    @Override
    void close();
}
