package io.flashcall.cli.load;

/// When each call of a load is due: at a steady rate from the start, however long calls take and however late we are
/// (an open loop). Times are nanoseconds since the start.
///
/// @param rate  calls a second
/// @param calls how many altogether
public record OpenLoop(double rate, long calls) {

    private static final double NANOS = 1e9;

    public OpenLoop {
        if (!(rate > 0) || calls < 1) {
            throw new IllegalArgumentException(
                    "rate: " + rate + ", calls: " + calls + " (expected: both greater than 0)");
        }
    }

    /// How many calls should have been placed by now: the first is due at 0.
    public long dueBy(long elapsed) {
        if (elapsed < 0) {
            return 0;
        }
        // An estimate first: rounding may leave it one off.
        long due = (long) (elapsed * rate / NANOS);
        while (dueAt(due) <= elapsed) {
            due++;
        }
        return Math.min(calls, due);
    }

    /// When a call is due.
    ///
    /// @param call counted from 0
    public long dueAt(long call) {
        return Math.round(call * NANOS / rate);
    }
}
