package io.flashcall.engine.agent;

import java.util.Arrays;

/// A set of longs that forgets each one a fixed time after it was added, with columns of further longs beside each.
///
/// A ring of rows in order of arrival, found through an open-addressed index. Rows stand in blocks, made when the ring
/// reaches them and dropped when it has left them, but for a few: memory follows the number of keys, and no row is ever
/// moved. Beyond its bound the oldest leave early. Not thread-safe.
class ExpiringKeys {

    /// Answer of [#find]: not held, or no longer.
    static final int ABSENT = -1;

    private static final int SMALLEST = 64;
    private static final int LARGEST_BLOCK = 2048;

    /// Blocks kept for later: keys come and go in bursts, and a block that is dropped is garbage among the old.
    private static final int MOST_SPARES = 32;

    private static final int KEY = 0;
    private static final int ADDED_AT = 1;
    private static final int FIRST_COLUMN = 2;
    private static final int FREE = 0;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final long[] NO_BLOCK = {};

    private final long lifeNanos;
    private final int width;
    private final int blockShift;
    private final int blockMask;
    private final int ringMask;
    private final long[][] blocks;
    private final long[][] spares = new long[MOST_SPARES][];
    private int spareCount;
    private long first;
    private long end;
    private int[] index = new int[2 * SMALLEST];

    /// @param lifeNanos how long each key is held
    /// @param most      bound on the keys held, rounded up to a power of two
    /// @param columns   further longs of each
    ExpiringKeys(long lifeNanos, int most, int columns) {
        this.lifeNanos = lifeNanos;
        width = FIRST_COLUMN + columns;
        int ring = Math.max(SMALLEST, Integer.highestOneBit(most - 1) << 1);
        ringMask = ring - 1;
        int block = Math.min(ring, LARGEST_BLOCK);
        blockMask = block - 1;
        blockShift = Integer.numberOfTrailingZeros(block);
        blocks = new long[ring >>> blockShift][];
        Arrays.fill(blocks, NO_BLOCK);
    }

    /// Adds a key that is not held. Its columns hold anything.
    ///
    /// @return its position
    final int add(long key, long now) {
        expire(now);
        if (size() == capacity()) {
            removeFirst();
            onEvicted();
        }
        if (2 * (size() + 1) > index.length) {
            growIndex();
        }
        int at = position(end++);
        long[] block = blockToFill(at >>> blockShift);
        int row = row(at);
        block[row + KEY] = key;
        block[row + ADDED_AT] = now;
        index[freeCell(key)] = at + 1;
        return at;
    }

    /// The position of a key, or [#ABSENT].
    final int find(long key, long now) {
        expire(now);
        int cell = cellOf(key);
        return cell < 0 ? ABSENT : index[cell] - 1;
    }

    /// What a column has beside the key at a position.
    final long column(int at, int column) {
        return blocks[at >>> blockShift][row(at) + FIRST_COLUMN + column];
    }

    final void column(int at, int column, long value) {
        blocks[at >>> blockShift][row(at) + FIRST_COLUMN + column] = value;
    }

    final int size() {
        return (int) (end - first);
    }

    /// Its bound: positions are less.
    final int capacity() {
        return ringMask + 1;
    }

    /// Forgets those whose time is over.
    final void expire(long now) {
        while (first < end && now - value(position(first), ADDED_AT) >= lifeNanos) {
            removeFirst();
        }
    }

    /// The oldest had to leave before its time.
    void onEvicted() {}

    private long[] blockToFill(int number) {
        if (blocks[number].length == 0) {
            blocks[number] = spareCount > 0 ? spares[--spareCount] : new long[(blockMask + 1) * width];
        }
        return blocks[number];
    }

    /// Blocks that the ring has left are kept for the next ones that it reaches; the rest is dropped.
    private void leave(int last) {
        boolean hasLeft = (last & blockMask) == blockMask && size() <= capacity() - blockMask - 1;
        if (hasLeft) {
            if (spareCount < MOST_SPARES) {
                spares[spareCount++] = blocks[last >>> blockShift];
            }
            blocks[last >>> blockShift] = NO_BLOCK;
        }
    }

    private void removeFirst() {
        int at = position(first);
        int cell = cellOf(value(at, KEY));
        closeGap(cell);
        first++;
        leave(at);
    }

    private void growIndex() {
        index = new int[2 * index.length];
        for (long sequence = first; sequence < end; sequence++) {
            int at = position(sequence);
            index[freeCell(value(at, KEY))] = at + 1;
        }
    }

    /// Deletion without tombstones: moves back what had to step over the freed cell.
    private void closeGap(int freed) {
        int gap = freed;
        for (int cell = following(gap); index[cell] != FREE; cell = following(cell)) {
            int wanted = home(value(index[cell] - 1, KEY));
            if (Probing.mayMove(gap, cell, wanted)) {
                index[gap] = index[cell];
                gap = cell;
            }
        }
        index[gap] = FREE;
    }

    private int cellOf(long key) {
        for (int cell = home(key); index[cell] != FREE; cell = following(cell)) {
            if (value(index[cell] - 1, KEY) == key) {
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

    private long value(int at, int which) {
        return blocks[at >>> blockShift][row(at) + which];
    }

    private int row(int at) {
        return (at & blockMask) * width;
    }

    private int position(long sequence) {
        return (int) sequence & ringMask;
    }

    private int following(int cell) {
        return (cell + 1) & (index.length - 1);
    }

    private int home(long key) {
        return (int) ((key * GOLDEN) >>> Integer.SIZE) & (index.length - 1);
    }
}
