package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What `sendmmsg` reads: a `struct mmsghdr` for each train in the order in which they leave, with a `struct iovec`
/// for each of its datagrams, and for a train of several a control message that says where the kernel, or the network
/// card, has to cut it (`UDP_SEGMENT`). Offsets are those that [MessageArray] shows. For the thread of its arena.
final class SendHeaders {

    private static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 24;
    private static final int CONTROL_LENGTH = 18;

    private final boolean v4Socket;
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final int[] trains = new int[Pending.MAX_DATAGRAMS];
    private final int[] lanes = new int[Pending.MAX_DATAGRAMS];
    private int count;
    private int usedVectors;

    SendHeaders(boolean v4Socket, Arena arena) {
        this.v4Socket = v4Socket;
        int size = Pending.MAX_DATAGRAMS;
        headers = arena.allocate((long) size * HEADER_BYTES, 8);
        vectors = arena.allocate((long) size * VECTOR_BYTES, 8);
        names = arena.allocate((long) size * SocketAddressCodec.BYTES, 8);
        controls = arena.allocate((long) size * CONTROL_BYTES, 8);
        for (int i = 0; i < size; i++) {
            headers.set(JAVA_LONG, header(i), names.address() + name(i));
            long control = (long) i * CONTROL_BYTES;
            controls.set(JAVA_LONG, control, CONTROL_LENGTH);
            controls.set(JAVA_INT, control + 8, LinuxUdp.SOL_UDP);
            controls.set(JAVA_INT, control + 12, LinuxUdp.UDP_SEGMENT);
        }
    }

    /// Writes the headers of all that waits: lane by lane.
    void layOut(Pending pending) {
        count = 0;
        usedVectors = 0;
        for (int lane = 0; lane < DatagramIo.LANES; lane++) {
            for (int train = pending.firstOf(lane); train >= 0; train = pending.after(train)) {
                write(pending, train, lane);
            }
        }
    }

    private void write(Pending pending, int train, int lane) {
        int index = count++;
        trains[index] = train;
        lanes[index] = lane;
        long header = header(index);
        int nameLength = SocketAddressCodec.write(pending.target(train), names, name(index), v4Socket);
        headers.set(JAVA_INT, header + 8, nameLength);
        headers.set(JAVA_LONG, header + 16, vectors.address() + (long) usedVectors * VECTOR_BYTES);
        int cars = pending.cars(train);
        int length = pending.length(train);
        headers.set(JAVA_LONG, header + 24, cars);
        for (int car = pending.first(train); car >= 0; car = pending.following(car)) {
            long vector = (long) usedVectors++ * VECTOR_BYTES;
            vectors.set(JAVA_LONG, vector, pending.address(car));
            vectors.set(JAVA_LONG, vector + 8, length);
        }
        long control = (long) index * CONTROL_BYTES;
        controls.set(JAVA_SHORT, control + 16, (short) length);
        headers.set(JAVA_LONG, header + 32, cars == 1 ? 0 : controls.address() + control);
        headers.set(JAVA_LONG, header + 40, cars == 1 ? 0 : CONTROL_BYTES);
    }

    int count() {
        return count;
    }

    /// Which train has the header with this index.
    int train(int index) {
        return trains[index];
    }

    int lane(int index) {
        return lanes[index];
    }

    /// Address of the header with this index, for the system call.
    long address(int index) {
        return headers.address() + header(index);
    }

    void clear() {
        count = 0;
    }

    private static long header(int index) {
        return (long) index * HEADER_BYTES;
    }

    private static long name(int index) {
        return (long) index * SocketAddressCodec.BYTES;
    }
}
