package io.flashcall.engine.agent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Which slots of a table are free: a lock-free stack, for any thread, without allocation.
///
/// The slot that was given back last is taken first. So a table has as many warm slots as calls were up at once, and
/// however large it is, the rest of it costs neither the processor's caches nor the collector anything.
final class FreeSlots {

    /// Answer of [#take]: all are taken.
    static final int NONE = -1;

    private static final int INDEX_BITS = 24;
    private static final long INDEX = (1L << INDEX_BITS) - 1;

    /// The topmost slot plus one, below a number that counts changes: whoever was interrupted between reading the top
    /// and changing it notices that others were there, even if the top is the same again.
    private final AtomicLong top = new AtomicLong();

    private final int[] below;
    private final AtomicInteger taken;

    /// All are free; slot 0 is taken first.
    ///
    /// @param size 1 to 2^24 - 1
    FreeSlots(int size) {
        below = new int[size];
        taken = new AtomicInteger(size);
        for (int slot = size - 1; slot >= 0; slot--) {
            giveBack(slot);
        }
    }

    /// A slot that now belongs to the caller, or [#NONE].
    int take() {
        while (true) {
            long seen = top.get();
            int slot = (int) (seen & INDEX) - 1;
            if (slot < 0) {
                return NONE;
            }
            if (top.compareAndSet(seen, changed(seen) | below[slot])) {
                taken.incrementAndGet();
                return slot;
            }
        }
    }

    /// Returns a slot that the caller has.
    void giveBack(int slot) {
        taken.decrementAndGet();
        while (true) {
            long seen = top.get();
            below[slot] = (int) (seen & INDEX);
            if (top.compareAndSet(seen, changed(seen) | (slot + 1))) {
                return;
            }
        }
    }

    /// How many are taken; approximate while they come and go.
    int taken() {
        return taken.get();
    }

    private static long changed(long seen) {
        return (seen & ~INDEX) + INDEX + 1;
    }
}
