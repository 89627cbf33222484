package io.flashcall.engine.agent;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// By which references calls are up: a set for any thread that keeps no object for any of them.
///
/// It knows a reference by 126 bits of a hash with a random key: that two of a million live calls are taken
/// for one is less likely than that this machine's memory forgets one. References themselves, and the nodes
/// of a map, are what each collection would copy for every call that rings.
///
/// Hashes stand in parts of the set, each with a lock of its own that is held for a look-up alone.
final class LiveReferences {

    private static final int PARTS = 64;
    private static final int PART_BITS = 6;

    private final Part[] parts = new Part[PARTS];
    private final long key;
    private final long otherKey;

    LiveReferences() {
        Arrays.setAll(parts, _ -> new Part());
        // A factor of the hash: an even one would lose bits.
        key = ThreadLocalRandom.current().nextLong() | 1;
        otherKey = ThreadLocalRandom.current().nextLong() | 1;
    }

    /// @return false when a call of that reference is up
    boolean add(String reference) {
        long high = hash(reference, key);
        return part(high).add(high, hash(reference, otherKey));
    }

    void remove(String reference) {
        long high = hash(reference, key);
        part(high).remove(high, hash(reference, otherKey));
    }

    private Part part(long high) {
        return parts[(int) (high >>> (Long.SIZE - PART_BITS))];
    }

    /// Four characters at a time; each step folds the 128 bits of a product into 64.
    private static long hash(String reference, long key) {
        int length = reference.length();
        long hash = key ^ length;
        for (int at = 0; at < length; at += 4) {
            long four = 0;
            for (int i = at; i < Math.min(at + 4, length); i++) {
                four = four << Character.SIZE | reference.charAt(i);
            }
            hash = folded(hash ^ four, key);
        }
        // 0 says that a cell is free.
        return folded(hash, Long.rotateLeft(key, 32)) | 1;
    }

    private static long folded(long one, long other) {
        return one * other ^ Math.unsignedMultiplyHigh(one, other);
    }

    /// Pairs of longs in an open-addressed table, at most half full.
    private static final class Part {

        private static final int SMALLEST = 16;
        private static final int NONE = -1;

        private long[] pairs = new long[2 * SMALLEST];
        private int size;

        synchronized boolean add(long high, long low) {
            if (find(high, low) != NONE) {
                return false;
            }
            if (4 * (size + 1) > pairs.length) {
                grow();
            }
            put(high, low);
            size++;
            return true;
        }

        synchronized void remove(long high, long low) {
            int at = find(high, low);
            if (at != NONE) {
                closeGap(at);
                size--;
            }
        }

        private int find(long high, long low) {
            int at = home(high);
            while (pairs[at] != 0) {
                if (pairs[at] == high && pairs[at + 1] == low) {
                    return at;
                }
                at = following(at);
            }
            return NONE;
        }

        private void put(long high, long low) {
            int at = home(high);
            while (pairs[at] != 0) {
                at = following(at);
            }
            pairs[at] = high;
            pairs[at + 1] = low;
        }

        private void grow() {
            long[] before = pairs;
            pairs = new long[2 * before.length];
            for (int at = 0; at < before.length; at += 2) {
                if (before[at] != 0) {
                    put(before[at], before[at + 1]);
                }
            }
        }

        /// Deletion without tombstones: moves back what had to step over the freed cell.
        private void closeGap(int freed) {
            int gap = freed;
            for (int at = following(gap); pairs[at] != 0; at = following(at)) {
                int wanted = home(pairs[at]);
                if (Probing.mayMove(gap, at, wanted)) {
                    pairs[gap] = pairs[at];
                    pairs[gap + 1] = pairs[at + 1];
                    gap = at;
                }
            }
            pairs[gap] = 0;
            pairs[gap + 1] = 0;
        }

        /// The lowest bit of a hash is always set.
        private int home(long high) {
            return (int) (high >>> 1) << 1 & (pairs.length - 1);
        }

        private int following(int at) {
            return (at + 2) & (pairs.length - 1);
        }
    }
}
