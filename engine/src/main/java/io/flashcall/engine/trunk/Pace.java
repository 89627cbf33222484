package io.flashcall.engine.trunk;

import java.util.concurrent.atomic.AtomicLong;

/// Spaces a trunk's calls evenly at its agreed rate. Lock-free; any thread.
public final class Pace {

    /// No call waits longer than this for its turn: 2 s.
    public static final long LONGEST_WAIT_NANOS = 2_000_000_000L;

    /// Answer of [#reserve]: the wait would be too long.
    public static final long TOO_LONG = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final AtomicLong nextTurn;

    /// @param callsPerSecond at least 1
    /// @param now            monotonic nanoseconds
    public Pace(int callsPerSecond, long now) {
        interval = SECOND / callsPerSecond;
        nextTurn = new AtomicLong(now);
    }

    /// Another rate, for turns after those that are taken.
    public Pace continuedAt(int callsPerSecond, long now) {
        long next = nextTurn.get();
        return new Pace(callsPerSecond, next - now > 0 ? next : now);
    }

    /// Takes the next turn.
    ///
    /// @return when it is, not before `now`; or [#TOO_LONG] and no turn is taken
    public long reserve(long now) {
        while (true) {
            long next = nextTurn.get();
            long turn = next - now > 0 ? next : now;
            if (turn - now > LONGEST_WAIT_NANOS) {
                return TOO_LONG;
            }
            if (nextTurn.compareAndSet(next, turn + interval)) {
                return turn;
            }
        }
    }
}
