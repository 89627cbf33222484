package io.flashcall.engine.agent;

import java.util.Arrays;

/// A set of longs that forgets each one a fixed time after it was added.
///
/// A ring of flat arrays in order of arrival, found through an open-addressed index. It grows by doubling up to its
/// bound; beyond it the oldest leave early. A key's position in the ring lets a subclass keep columns beside it. Not
/// thread-safe.
class ExpiringKeys {

    /// Answer of [#find]: not held, or no longer.
    static final int ABSENT = -1;

    private static final int SMALLEST = 64;
    private static final int FREE = 0;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final long lifeNanos;
    private final int most;
    private long first;
    private long end;
    private long[] keys = new long[SMALLEST];
    private long[] addedAt = new long[SMALLEST];
    private int[] index = new int[2 * SMALLEST];

    /// @param lifeNanos how long each key is held
    /// @param most      bound on the keys held, rounded up to a power of two
    ExpiringKeys(long lifeNanos, int most) {
        this.lifeNanos = lifeNanos;
        this.most = most;
    }

    /// Adds a key that is not held.
    ///
    /// @return its position
    final int add(long key, long now) {
        expire(now);
        if (size() == keys.length) {
            makeRoom();
        }
        int at = position(end++);
        keys[at] = key;
        addedAt[at] = now;
        index[freeCell(key)] = at + 1;
        return at;
    }

    /// The position of a key, or [#ABSENT].
    final int find(long key, long now) {
        expire(now);
        int cell = cellOf(key);
        return cell < 0 ? ABSENT : index[cell] - 1;
    }

    final int size() {
        return (int) (end - first);
    }

    /// Length of the ring: columns have the same.
    final int capacity() {
        return keys.length;
    }

    /// Forgets those whose time is over.
    final void expire(long now) {
        while (first < end && now - addedAt[position(first)] >= lifeNanos) {
            removeFirst();
        }
    }

    /// The ring doubled: what was at `from` stands at 0 now, and so on around.
    void onGrown(int from) {}

    /// The oldest had to leave before its time.
    void onEvicted() {}

    /// `column` with twice the room and its ring unrolled.
    static long[] unrolled(long[] column, int from) {
        var longer = Arrays.copyOfRange(column, from, from + 2 * column.length);
        System.arraycopy(column, 0, longer, column.length - from, from);
        return longer;
    }

    /// `column` with twice the room and its ring unrolled.
    static int[] unrolled(int[] column, int from) {
        var longer = Arrays.copyOfRange(column, from, from + 2 * column.length);
        System.arraycopy(column, 0, longer, column.length - from, from);
        return longer;
    }

    /// `column` with twice the room and its ring unrolled.
    static byte[][] unrolled(byte[][] column, int from) {
        var longer = Arrays.copyOfRange(column, from, from + 2 * column.length);
        System.arraycopy(column, 0, longer, column.length - from, from);
        return longer;
    }

    private void makeRoom() {
        if (keys.length < most) {
            grow();
        } else {
            removeFirst();
            onEvicted();
        }
    }

    private void grow() {
        int from = position(first);
        int held = size();
        keys = unrolled(keys, from);
        addedAt = unrolled(addedAt, from);
        index = new int[2 * keys.length];
        first = 0;
        end = held;
        for (int at = 0; at < held; at++) {
            index[freeCell(keys[at])] = at + 1;
        }
        onGrown(from);
    }

    private void removeFirst() {
        int cell = cellOf(keys[position(first)]);
        closeGap(cell);
        first++;
    }

    /// Deletion without tombstones: moves back what had to step over the freed cell.
    private void closeGap(int freed) {
        int gap = freed;
        for (int cell = following(gap); index[cell] != FREE; cell = following(cell)) {
            int wanted = home(keys[index[cell] - 1]);
            boolean mayMove = gap <= cell ? (wanted <= gap || wanted > cell) : (wanted <= gap && wanted > cell);
            if (mayMove) {
                index[gap] = index[cell];
                gap = cell;
            }
        }
        index[gap] = FREE;
    }

    private int cellOf(long key) {
        for (int cell = home(key); index[cell] != FREE; cell = following(cell)) {
            if (keys[index[cell] - 1] == key) {
                return cell;
            }
        }
        return ABSENT;
    }

    private int freeCell(long key) {
        int cell = home(key);
        while (index[cell] != FREE) {
            cell = following(cell);
        }
        return cell;
    }

    private int position(long sequence) {
        return (int) sequence & (keys.length - 1);
    }

    private int following(int cell) {
        return (cell + 1) & (index.length - 1);
    }

    private int home(long key) {
        return (int) ((key * GOLDEN) >>> Integer.SIZE) & (index.length - 1);
    }
}
