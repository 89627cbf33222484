package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one `recvmmsg` brings: up to [#SIZE] messages in native memory. Where the kernel coalesces (UDP GRO), a message
/// is a train of equally long datagrams of one source, the last of which may be shorter. For the thread of its arena.
///
/// ```text
/// cmsghdr 16:  0 length  8 level  12 type    then 4: bytes of each datagram
/// ```
final class ReceiveBatch {

    static final int SIZE = 64;

    /// Not a power of two, so that the starts of the slots do not compete for the same lines of the processor's cache.
    private static final int PADDING = 13 * 64;

    private static final int LONGEST_TRAIN = 65_536;
    private static final int CONTROL_BYTES = 32;
    private static final int HEADER_BYTES = 16;

    private final LinuxUdp socket;
    private final MessageArray messages;
    private final MemorySegment slots;
    private final MemorySegment controls;
    private final boolean coalescing;
    private final int capacity;

    /// @param coalescing whether the socket was told to
    ReceiveBatch(LinuxUdp socket, boolean coalescing, Arena arena) {
        this.socket = socket;
        this.coalescing = coalescing;
        capacity = coalescing ? LONGEST_TRAIN : DatagramTransport.MAX_RECEIVED_BYTES;
        messages = new MessageArray(SIZE, arena);
        slots = arena.allocate((long) SIZE * (capacity + PADDING), 64);
        controls = arena.allocate((long) SIZE * CONTROL_BYTES, 8);
        for (int i = 0; i < SIZE; i++) {
            messages.payload(i, slots.address() + slot(i), capacity);
            makeReady(i);
        }
    }

    /// Reads what is there, without waiting.
    ///
    /// @return messages received, or a negative errno
    int receive() {
        return socket.receive(messages.address(0), SIZE);
    }

    /// Bytes of a whole message.
    int length(int index) {
        return messages.receivedLength(index);
    }

    /// Bytes of each datagram of a message but the last, which may be shorter.
    int datagramLength(int index) {
        boolean isTrain = coalescing
                && messages.controlLength(index) >= HEADER_BYTES + Integer.BYTES
                && controls.get(JAVA_INT, control(index) + 8) == LinuxUdp.SOL_UDP
                && controls.get(JAVA_INT, control(index) + 12) == LinuxUdp.UDP_GRO;
        int each = isTrain ? controls.get(JAVA_INT, control(index) + HEADER_BYTES) : length(index);
        return each > 0 ? each : Math.max(1, length(index));
    }

    /// Whether the datagram at that offset is longer than what is received whole.
    boolean truncated(int index) {
        return messages.truncated(index) || datagramLength(index) > DatagramTransport.MAX_RECEIVED_BYTES;
    }

    void source(int index, Endpoint into) {
        messages.readName(index, into);
    }

    /// Copies a datagram out of a message.
    void copy(int index, int offset, byte[] into, int length) {
        MemorySegment.copy(slots, JAVA_BYTE, slot(index) + offset, into, 0, length);
    }

    /// Makes a slot ready for the next [#receive].
    void makeReady(int index) {
        messages.expectName(index);
        if (coalescing) {
            messages.expectControl(index, controls.address() + control(index), CONTROL_BYTES);
        }
    }

    private long slot(int index) {
        return (long) index * (capacity + PADDING);
    }

    private static long control(int index) {
        return (long) index * CONTROL_BYTES;
    }
}
