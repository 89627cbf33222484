package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one `recvmmsg` brings: up to [#SIZE] datagrams in native memory. For the thread of its arena.
final class ReceiveBatch {

    static final int SIZE = 64;

    /// Not a power of two, so that the starts of the slots do not compete for the same lines of the processor's cache.
    private static final int SLOT_BYTES = DatagramTransport.MAX_RECEIVED_BYTES + 13 * 64;

    private final LinuxUdp socket;
    private final MessageArray messages;
    private final MemorySegment slots;

    ReceiveBatch(LinuxUdp socket, Arena arena) {
        this.socket = socket;
        messages = new MessageArray(SIZE, arena);
        slots = arena.allocate((long) SIZE * SLOT_BYTES, 64);
        for (int i = 0; i < SIZE; i++) {
            messages.payload(i, slots.address() + slot(i), DatagramTransport.MAX_RECEIVED_BYTES);
            messages.expectName(i);
        }
    }

    /// Reads what is there, without waiting.
    ///
    /// @return datagrams received, or a negative errno
    int receive() {
        return socket.receive(messages.address(0), SIZE);
    }

    boolean truncated(int index) {
        return messages.truncated(index);
    }

    /// Copies a datagram and its source out of the batch, which makes its slot ready for the next [#receive].
    ///
    /// @return bytes copied
    int take(int index, byte[] into, Endpoint source) {
        int length = messages.receivedLength(index);
        MemorySegment.copy(slots, JAVA_BYTE, slot(index), into, 0, length);
        messages.readName(index, source);
        messages.expectName(index);
        return length;
    }

    private static long slot(int index) {
        return (long) index * SLOT_BYTES;
    }
}
