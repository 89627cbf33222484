package io.flashcall.cli.load;

/// When each call of a load is due: at a steady rate, however long calls take and however late we are (an open loop).
/// Where it ramps up, the rate grows evenly from nothing to its full height. Times are nanoseconds since the start.
///
/// @param rate  calls a second
/// @param calls how many altogether
/// @param ramp  until the rate has its full height, 0 or more
public record OpenLoop(double rate, long calls, long ramp) {

    private static final double NANOS = 1e9;

    public OpenLoop {
        if (!(rate > 0) || calls < 1 || ramp < 0) {
            throw new IllegalArgumentException("rate: " + rate + ", calls: " + calls + ", ramp: " + ramp
                    + " (expected: rate and calls greater than 0, ramp not less)");
        }
    }

    /// At full height from the start.
    public OpenLoop(double rate, long calls) {
        this(rate, calls, 0);
    }

    /// How many calls should have been placed by now: the first is due at 0.
    public long dueBy(long elapsed) {
        if (elapsed < 0) {
            return 0;
        }
        // An estimate first: rounding may leave it one off.
        long due = (long) placedBy(elapsed, rate, ramp);
        while (dueAt(due) <= elapsed) {
            due++;
        }
        while (due > 0 && dueAt(due - 1) > elapsed) {
            due--;
        }
        return Math.min(calls, due);
    }

    /// How many calls such a schedule has in that time, a fraction of the next one included.
    static double placedBy(long elapsed, double rate, long ramp) {
        return elapsed < ramp
                ? rate * elapsed * ((double) elapsed / ramp) / 2 / NANOS
                : (elapsed - ramp / 2.0) * rate / NANOS;
    }

    /// When a call is due.
    ///
    /// @param call counted from 0
    public long dueAt(long call) {
        double atFullHeight = call * NANOS / rate + ramp / 2.0;
        return Math.round(atFullHeight < ramp ? Math.sqrt(2.0 * ramp * call * NANOS / rate) : atFullHeight);
    }
}
