package io.flashcall.engine.trunk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// One state of a [Guard], from when to when, and what its test calls came to. Made only when the state changes.
final class GuardPhase {

    final Guard.State state;
    final long since;

    /// When a rest is over, or test calls of which not enough was heard are sent anew.
    final long until;

    private final AtomicInteger permits;
    private final AtomicIntegerArray counts;

    /// @param permits calls that may be sent
    /// @param kinds   how many counts are kept
    GuardPhase(Guard.State state, long since, long until, int permits, int kinds) {
        this(state, since, until, permits, new AtomicIntegerArray(kinds));
    }

    private GuardPhase(Guard.State state, long since, long until, int permits, AtomicIntegerArray counts) {
        this.state = state;
        this.since = since;
        this.until = until;
        this.permits = new AtomicInteger(permits);
        this.counts = counts;
    }

    /// The same, with further calls. Those that are under way still count: they may last longer than a rest.
    GuardPhase further(long newUntil, int more) {
        return new GuardPhase(state, since, newUntil, more, counts);
    }

    boolean takePermit() {
        int left = permits.get();
        while (left > 0) {
            int seen = permits.compareAndExchange(left, left - 1);
            if (seen == left) {
                return true;
            }
            left = seen;
        }
        return false;
    }

    void returnPermit() {
        permits.incrementAndGet();
    }

    void count(int kind) {
        counts.incrementAndGet(kind);
    }

    int total(int kind) {
        return counts.get(kind);
    }
}
