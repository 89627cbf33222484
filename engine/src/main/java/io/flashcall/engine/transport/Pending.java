package io.flashcall.engine.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Datagrams that wait to be sent, as trains: those that can leave in one send, because they are equally long and go
/// to one target. Bounded in number and in bytes; allocates nothing once made. For the thread of its arena.
final class Pending {

    static final int MAX_DATAGRAMS = 1024;
    static final int MAX_BYTES = 1 << 20;

    /// What Linux takes as segments of one send (`UDP_MAX_SEGMENTS`).
    static final int MAX_SEGMENTS = 64;

    /// A longer datagram may not fit a packet of the least path that IPv6 allows (1,280 bytes), and a segment must.
    static final int LONGEST_SEGMENT = 1_232;

    private static final int MAX_TRAIN_BYTES = 65_000;

    /// So many trains of its lane a datagram looks at to find its own: more targets than that share less.
    private static final int LOOK_BACK = 8;

    private static final int NONE = -1;

    private final MemorySegment bytes;
    private final int[] offsets = new int[MAX_DATAGRAMS];
    private final long[] tokens = new long[MAX_DATAGRAMS];
    private final int[] following = new int[MAX_DATAGRAMS];
    private int datagrams;
    private int usedBytes;

    private final int[] first = new int[MAX_DATAGRAMS];
    private final int[] last = new int[MAX_DATAGRAMS];
    private final int[] cars = new int[MAX_DATAGRAMS];
    private final int[] lengths = new int[MAX_DATAGRAMS];
    private final int[] before = new int[MAX_DATAGRAMS];
    private final int[] after = new int[MAX_DATAGRAMS];
    private final Endpoint[] targets = new Endpoint[MAX_DATAGRAMS];
    private int trains;
    private final int[] firstOfLane = new int[DatagramIo.LANES];
    private final int[] lastOfLane = new int[DatagramIo.LANES];

    Pending(Arena arena) {
        bytes = arena.allocate(MAX_BYTES, 64);
        Arrays.setAll(targets, _ -> new Endpoint());
        clear();
    }

    /// Keeps a copy.
    ///
    /// @param joining whether it may share a send with others
    /// @return false when there is no room
    boolean add(byte[] from, int offset, int length, Endpoint to, long token, int lane, boolean joining) {
        if (datagrams == MAX_DATAGRAMS || usedBytes + length > MAX_BYTES) {
            return false;
        }
        MemorySegment.copy(from, offset, bytes, JAVA_BYTE, usedBytes, length);
        append(length, to, token, lane, joining);
        return true;
    }

    /// Keeps a copy of all of another's train, for which there must be room.
    void addTrain(Pending other, int train, int lane, boolean joining) {
        int length = other.lengths[train];
        for (int car = other.first[train]; car != NONE; car = other.following[car]) {
            MemorySegment.copy(other.bytes, other.offsets[car], bytes, usedBytes, length);
            append(length, other.targets[train], other.tokens[car], lane, joining);
        }
    }

    private void append(int length, Endpoint to, long token, int lane, boolean joining) {
        int car = datagrams++;
        offsets[car] = usedBytes;
        tokens[car] = token;
        following[car] = NONE;
        usedBytes += length;
        int train = joining ? find(length, to, lane) : NONE;
        if (train == NONE) {
            begin(car, length, to, lane);
        } else {
            following[last[train]] = car;
            last[train] = car;
            cars[train]++;
        }
    }

    /// In the lane that keeps its order only the last train will do.
    private int find(int length, Endpoint to, int lane) {
        int train = lastOfLane[lane];
        for (int looked = lane == DatagramIo.IN_ORDER ? LOOK_BACK - 1 : 0; looked < LOOK_BACK; looked++) {
            if (train == NONE) {
                return NONE;
            }
            if (lengths[train] == length
                    && length <= LONGEST_SEGMENT
                    && cars[train] < MAX_SEGMENTS
                    && (cars[train] + 1) * length <= MAX_TRAIN_BYTES
                    && targets[train].same(to)) {
                return train;
            }
            train = before[train];
        }
        return NONE;
    }

    private void begin(int car, int length, Endpoint to, int lane) {
        int train = trains++;
        first[train] = car;
        last[train] = car;
        cars[train] = 1;
        lengths[train] = length;
        targets[train].set(to.hi(), to.lo(), to.port());
        before[train] = lastOfLane[lane];
        after[train] = NONE;
        if (lastOfLane[lane] == NONE) {
            firstOfLane[lane] = train;
        } else {
            after[lastOfLane[lane]] = train;
        }
        lastOfLane[lane] = train;
    }

    int datagrams() {
        return datagrams;
    }

    /// The first train of a lane, or -1.
    int firstOf(int lane) {
        return firstOfLane[lane];
    }

    /// The train that follows in its lane, or -1.
    int after(int train) {
        return after[train];
    }

    /// Datagrams of a train.
    int cars(int train) {
        return cars[train];
    }

    /// Bytes of each of a train's datagrams.
    int length(int train) {
        return lengths[train];
    }

    Endpoint target(int train) {
        return targets[train];
    }

    /// The first datagram of a train.
    int first(int train) {
        return first[train];
    }

    /// The datagram that follows in its train, or -1.
    int following(int car) {
        return following[car];
    }

    long token(int car) {
        return tokens[car];
    }

    long address(int car) {
        return bytes.address() + offsets[car];
    }

    void clear() {
        datagrams = 0;
        usedBytes = 0;
        trains = 0;
        Arrays.fill(firstOfLane, NONE);
        Arrays.fill(lastOfLane, NONE);
    }
}
