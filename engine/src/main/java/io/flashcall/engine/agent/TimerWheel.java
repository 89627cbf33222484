package io.flashcall.engine.agent;

import io.flashcall.engine.transaction.InviteTransaction;
import java.util.Arrays;

/// A hashed timer wheel over a fixed set of timers, named by index: arm, re-arm and disarm in constant time, without
/// allocation.
///
/// Its ticks have a phase of their own (the time it was made plus whole ticks): a timer fires at the first tick that is
/// not before its time, so it is at most one tick late, plus what the loop is late. Timers beyond one turn of the wheel
/// stay in their bucket for further turns. 12 bytes a timer. Not thread-safe.
final class TimerWheel {

    /// Told of each timer that is due.
    interface Expiry {

        void onTimer(int timer, long now);
    }

    private static final int NONE = -1;

    /// In place of the timer that follows.
    private static final int DISARMED = -2;

    private final long start;
    private final long tickNanos;
    private final int mask;
    private final int[] heads;
    private final int[] next;

    /// The timer before it, or the complement of the list that it is first of.
    private final int[] previous;

    /// The last 32 bits of the tick: none is so far ahead that they would not tell.
    private final int[] dueTick;

    private final int expiredList;
    private long currentTick;
    private int armed;

    /// @param timers    how many, 0 to `timers` - 1
    /// @param tickNanos length of a tick
    /// @param spanNanos how far ahead most timers are: a longer span needs no further turn, but 4 bytes a tick
    /// @param now       the wheel's phase
    TimerWheel(int timers, long tickNanos, long spanNanos, long now) {
        this.start = now;
        this.tickNanos = tickNanos;
        int buckets = Integer.highestOneBit((int) Math.min(spanNanos / tickNanos + 1, 1 << 20)) << 1;
        mask = buckets - 1;
        expiredList = buckets;
        heads = new int[buckets + 1];
        next = new int[timers];
        previous = new int[timers];
        dueTick = new int[timers];
        Arrays.fill(heads, NONE);
        Arrays.fill(next, DISARMED);
    }

    /// Arms a timer, or moves it.
    void arm(int timer, long at) {
        disarm(timer);
        long tick = Math.max(Math.ceilDiv(at - start, tickNanos), currentTick + 1);
        dueTick[timer] = (int) tick;
        link(timer, (int) tick & mask);
        armed++;
    }

    /// Arms a timer, or disarms it with [InviteTransaction#OFF]: what a port is asked for.
    void set(int timer, long at) {
        if (at == InviteTransaction.OFF) {
            disarm(timer);
        } else {
            arm(timer, at);
        }
    }

    /// Disarms a timer; nothing happens if it is not armed.
    void disarm(int timer) {
        if (next[timer] != DISARMED) {
            unlink(timer);
            armed--;
        }
    }

    boolean isArmed(int timer) {
        return next[timer] != DISARMED;
    }

    /// How many timers are armed.
    int armed() {
        return armed;
    }

    /// When the next tick is, as monotonic nanoseconds.
    long nextTickAt() {
        return start + (currentTick + 1) * tickNanos;
    }

    /// Moves an idle wheel to the present, so that a long silence is not gone through tick by tick.
    void catchUp(long now) {
        if (armed == 0) {
            currentTick = Math.max(currentTick, Math.floorDiv(now - start, tickNanos));
        }
    }

    /// Fires all timers whose tick has come. They may arm and disarm any timer.
    void advance(long now, Expiry expiry) {
        long last = Math.floorDiv(now - start, tickNanos);
        while (currentTick < last) {
            if (armed == 0) {
                currentTick = last;
                return;
            }
            currentTick++;
            collectExpired((int) currentTick & mask);
            fireExpired(now, expiry);
        }
    }

    private void collectExpired(int bucket) {
        int timer = heads[bucket];
        while (timer != NONE) {
            int following = next[timer];
            if (dueTick[timer] - (int) currentTick <= 0) {
                unlink(timer);
                link(timer, expiredList);
            }
            timer = following;
        }
    }

    /// Takes one at a time, since firing one may disarm another.
    private void fireExpired(long now, Expiry expiry) {
        while (heads[expiredList] != NONE) {
            int timer = heads[expiredList];
            disarm(timer);
            expiry.onTimer(timer, now);
        }
    }

    private void link(int timer, int list) {
        int first = heads[list];
        next[timer] = first;
        previous[timer] = ~list;
        if (first != NONE) {
            previous[first] = timer;
        }
        heads[list] = timer;
    }

    private void unlink(int timer) {
        int before = previous[timer];
        int after = next[timer];
        if (before < 0) {
            heads[~before] = after;
        } else {
            next[before] = after;
        }
        if (after != NONE) {
            previous[after] = before;
        }
        next[timer] = DISARMED;
    }
}
