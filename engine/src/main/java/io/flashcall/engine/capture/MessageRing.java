package io.flashcall.engine.capture;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Carries copies of messages from the event loops to one thread: a ring of bytes, made once, without locks.
/// Any number of threads [#offer], one [#poll]s. A writer claims its room by moving the tail, copies, and last
/// of all sets the size at the record's head; a reader stops at a size of 0, and leaves zeros behind.
///
/// A record: size (8 bytes; negative for room to skip at the ring's end), call, nanos, wall micros, both
/// addresses, one word of small things, the message. All in the machine's byte order, records aligned to 8
/// bytes.
final class MessageRing {

    /// Longer messages are not taken.
    static final int LONGEST = 65_535;

    /// Room for any two messages.
    static final int SMALLEST = 1 << 18;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle SIZE = LONG.varHandle();
    private static final VarHandle TAIL;
    private static final VarHandle HEAD;

    private static final int EIGHTHS = 8;

    private static final int CALL = 8;
    private static final int NANOS = 16;
    private static final int MICROS = 24;
    private static final int LOCAL = 32;
    private static final int PEER = 48;
    private static final int SMALL = 64;
    private static final int BYTES = 72;

    // The word of small things: both ports, the length, the transport, whether it was sent, the note.
    private static final int LOCAL_PORT_SHIFT = 16;
    private static final int LENGTH_SHIFT = 32;
    private static final int TRANSPORT_SHIFT = 48;
    private static final int SENT_SHIFT = 52;
    private static final int NOTE_SHIFT = 56;
    private static final int BITS_16 = 0xffff;
    private static final int BITS_4 = 0xf;
    private static final int BITS_7 = 0x7f;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(MessageRing.class, "tail", long.class);
            HEAD = MethodHandles.lookup().findVarHandle(MessageRing.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MemorySegment memory;
    private final long capacity;
    private final SipTransport[] transports = SipTransport.values();
    private final byte[] taken = new byte[LONGEST];
    private final Endpoint local = new Endpoint();
    private final Endpoint peer = new Endpoint();

    @SuppressWarnings("unused") // by its VarHandle
    private volatile long tail;

    private volatile long head;
    private int note;

    /// @param bytes a power of two, at least [#SMALLEST]
    MessageRing(int bytes) {
        if (bytes < SMALLEST || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "ring: " + bytes + " bytes (expected: a power of two from " + SMALLEST + " on)");
        }
        capacity = bytes;
        memory = Arena.ofAuto().allocate(bytes, Long.BYTES);
    }

    /// Copies a message into the ring; any thread.
    ///
    /// @param writersNote 0 to 127, which the reader gets back from [#note]
    /// @return false when there is no room for it
    boolean offer(WireMessage message, int writersNote) {
        int length = message.length();
        if (length > LONGEST) {
            return false;
        }
        long size = (BYTES + length + 7L) & -8L;
        long at = claim(size);
        if (at < 0) {
            return false;
        }
        memory.set(LONG, at + CALL, message.call());
        memory.set(LONG, at + NANOS, message.nanos());
        memory.set(LONG, at + MICROS, message.wallMicros());
        put(at + LOCAL, message.local());
        put(at + PEER, message.peer());
        memory.set(LONG, at + SMALL, small(message, writersNote));
        MemorySegment.copy(message.bytes(), 0, memory, ValueLayout.JAVA_BYTE, at + BYTES, length);
        SIZE.setRelease(memory, at, size);
        return true;
    }

    private void put(long at, Endpoint endpoint) {
        memory.set(LONG, at, endpoint.hi());
        memory.set(LONG, at + Long.BYTES, endpoint.lo());
    }

    private static long small(WireMessage message, int note) {
        return message.peer().port()
                | ((long) message.local().port() << LOCAL_PORT_SHIFT)
                | ((long) message.length() << LENGTH_SHIFT)
                | ((long) message.transport().ordinal() << TRANSPORT_SHIFT)
                | (message.sent() ? 1L << SENT_SHIFT : 0)
                | ((long) note << NOTE_SHIFT);
    }

    /// @return where the record is to be, or -1
    private long claim(long size) {
        while (true) {
            // The head first: were it read after the tail, it might have passed it.
            long free = head + capacity;
            long from = (long) TAIL.getVolatile(this);
            long index = from & (capacity - 1);
            long toEnd = capacity - index;
            long skipped = size <= toEnd ? 0 : toEnd;
            if (from + skipped + size > free) {
                return -1;
            }
            if (TAIL.compareAndSet(this, from, from + skipped + size)) {
                if (skipped == 0) {
                    return index;
                }
                SIZE.setRelease(memory, index, -skipped);
                return 0;
            }
        }
    }

    /// Takes the oldest message out; for one thread.
    ///
    /// @param into is filled, but for the trunk; its bytes are good until the next call
    /// @return false when there is none
    boolean poll(WireMessage into) {
        long index = head & (capacity - 1);
        long size = (long) SIZE.getAcquire(memory, index);
        if (size < 0) {
            memory.set(LONG, index, 0L);
            HEAD.setRelease(this, head - size);
            index = 0;
            size = (long) SIZE.getAcquire(memory, index);
        }
        if (size == 0) {
            return false;
        }
        read(into, index);
        memory.asSlice(index, size).fill((byte) 0);
        HEAD.setRelease(this, head + size);
        return true;
    }

    private void read(WireMessage into, long at) {
        long small = memory.get(LONG, at + SMALL);
        int length = (int) (small >>> LENGTH_SHIFT) & BITS_16;
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at + BYTES, taken, 0, length);
        get(at + LOCAL, (int) (small >>> LOCAL_PORT_SHIFT) & BITS_16, local);
        get(at + PEER, (int) small & BITS_16, peer);
        note = (int) (small >>> NOTE_SHIFT) & BITS_7;
        boolean sent = (small >>> SENT_SHIFT & 1) == 1;
        into.belonging(memory.get(LONG, at + CALL), "")
                .at(memory.get(LONG, at + NANOS), memory.get(LONG, at + MICROS))
                .between(local, peer, transports[(int) (small >>> TRANSPORT_SHIFT) & BITS_4])
                .carrying(sent, taken, length);
    }

    private void get(long at, int port, Endpoint into) {
        into.set(memory.get(LONG, at), memory.get(LONG, at + Long.BYTES), port);
    }

    /// What the writer noted about the message that [#poll] gave last.
    int note() {
        return note;
    }

    /// How full it is, in eighths; any thread.
    int eighths() {
        // The head first: what is read meanwhile counts as full.
        long from = head;
        long used = (long) TAIL.getVolatile(this) - from;
        return (int) Math.min(EIGHTHS, used * EIGHTHS / capacity);
    }

    /// How far it has been written, in bytes since its beginning.
    long written() {
        return (long) TAIL.getVolatile(this);
    }

    /// How far it has been read.
    long read() {
        return head;
    }
}
