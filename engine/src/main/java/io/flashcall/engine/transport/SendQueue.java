package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Datagrams on their way out, in order: what [DatagramIo#send] queued and the kernel has not taken yet. Bounded in
/// number and in bytes. For the thread of its arena.
final class SendQueue {

    /// Datagrams: the most that Linux takes in one `sendmmsg`.
    static final int MAX_DATAGRAMS = 1024;

    static final int MAX_BYTES = 1 << 20;

    /// How often a datagram is offered that fails with what an ICMP error may have left behind.
    static final int TRIES = 4;

    /// The system call, so that a test can play a kernel that has had enough.
    interface Kernel {

        /// Sends as many as it takes, without waiting.
        ///
        /// @return datagrams sent, or a negative errno that belongs to the first of them
        int send(long headers, int count);
    }

    /// Takes each datagram that the kernel refused.
    interface Refusals {

        void refused(long token, int errno);
    }

    private final Kernel kernel;
    private final Refusals refusals;
    private final boolean v4Socket;
    private final MessageArray messages;
    private final MemorySegment bytes;
    private final long[] tokens = new long[MAX_DATAGRAMS];

    private int head;
    private int tail;
    private int usedBytes;
    private int tries;
    private long calls;
    private long sent;

    SendQueue(Kernel kernel, Refusals refusals, boolean v4Socket, Arena arena) {
        this.kernel = kernel;
        this.refusals = refusals;
        this.v4Socket = v4Socket;
        messages = new MessageArray(MAX_DATAGRAMS, arena);
        bytes = arena.allocate(MAX_BYTES, 64);
    }

    /// Queues a copy.
    ///
    /// @return false when there is no room: flush first, or give the datagram up
    boolean offer(byte[] from, int offset, int length, Endpoint to, long token) {
        if (tail == MAX_DATAGRAMS || usedBytes + length > MAX_BYTES) {
            return false;
        }
        MemorySegment.copy(from, offset, bytes, JAVA_BYTE, usedBytes, length);
        messages.payload(tail, bytes.address() + usedBytes, length);
        messages.writeName(tail, to, v4Socket);
        tokens[tail] = token;
        tail++;
        usedBytes += length;
        return true;
    }

    /// Sends until the queue is empty or the kernel would block. A datagram that the kernel refuses is reported and
    /// the rest carries on. An ICMP error that concerns an earlier datagram fails the next call as well, whose
    /// datagram is offered again.
    ///
    /// @return false when the kernel would block: the rest waits, in order, for the socket to become writable
    boolean flush() {
        while (head < tail) {
            int result = kernel.send(messages.address(head), tail - head);
            calls++;
            if (result > 0) {
                head += result;
                sent += result;
                tries = 0;
            } else if (result == -LinuxUdp.EAGAIN) {
                compact();
                return false;
            } else if (result != -LinuxUdp.EINTR && !(LinuxUdp.isOfIcmp(-result) && ++tries < TRIES)) {
                refusals.refused(tokens[head], -result);
                head++;
                tries = 0;
            }
        }
        clear();
        return true;
    }

    /// Gives up all that waits.
    void abandon() {
        for (; head < tail; head++) {
            refusals.refused(tokens[head], LinuxUdp.EAGAIN);
        }
        clear();
    }

    int waiting() {
        return tail - head;
    }

    long calls() {
        return calls;
    }

    long sent() {
        return sent;
    }

    private void compact() {
        if (head == 0) {
            return;
        }
        int to = 0;
        int used = 0;
        for (int from = head; from < tail; from++, to++) {
            int length = messages.payloadLength(from);
            long start = messages.payloadAddress(from) - bytes.address();
            MemorySegment.copy(bytes, start, bytes, used, length);
            messages.move(from, to);
            messages.payload(to, bytes.address() + used, length);
            tokens[to] = tokens[from];
            used += length;
        }
        head = 0;
        tail = to;
        usedBytes = used;
    }

    private void clear() {
        head = 0;
        tail = 0;
        usedBytes = 0;
    }
}
