package io.flashcall.engine.trunk;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts over the last so many seconds: a ring of twelve shorter times, of which the oldest is forgotten as a whole.
/// Any thread, without locks or garbage; where two threads begin a new time at once, a count may be lost.
final class OutcomeWindow {

    private static final int TIMES = 12;
    private static final long NEVER = Long.MIN_VALUE;

    private final int kinds;
    private final long timeNanos;
    private final AtomicLongArray epochs = new AtomicLongArray(TIMES);
    private final AtomicIntegerArray counts;

    /// @param kinds how many counts are kept
    OutcomeWindow(int kinds, long windowNanos) {
        this.kinds = kinds;
        timeNanos = Math.max(1, windowNanos / TIMES);
        counts = new AtomicIntegerArray(TIMES * kinds);
        clear();
    }

    void clear() {
        for (int i = 0; i < TIMES; i++) {
            epochs.set(i, NEVER);
        }
    }

    void count(int kind, long now) {
        long epoch = Math.floorDiv(now, timeNanos);
        int at = Math.floorMod(epoch, TIMES);
        long seen = epochs.get(at);
        if (seen != epoch && epochs.compareAndSet(at, seen, epoch)) {
            for (int i = 0; i < kinds; i++) {
                counts.set(at * kinds + i, 0);
            }
        }
        counts.incrementAndGet(at * kinds + kind);
    }

    int total(int kind, long now) {
        long epoch = Math.floorDiv(now, timeNanos);
        int total = 0;
        for (int i = 0; i < TIMES; i++) {
            long age = epoch - epochs.get(i);
            total += age >= 0 && age < TIMES ? counts.get(i * kinds + kind) : 0;
        }
        return total;
    }
}
