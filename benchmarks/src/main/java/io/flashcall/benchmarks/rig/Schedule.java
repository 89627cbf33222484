package io.flashcall.benchmarks.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// When calls are due, whatever has become of those before (an open loop): the rate grows evenly until the
/// ramp is over, and stays. Times are nanoseconds since the start.
///
/// @param rate  calls a second, once the ramp is over
/// @param calls how many altogether
/// @param ramp  0 or more
public record Schedule(double rate, long calls, Duration ramp) {

    private static final double SECOND = 1e9;
    private static final long TICK_NANOS = 1_000_000;

    /// Places one call.
    ///
    /// @param <E> what may go wrong
    public interface Placing<E extends Exception> {

        /// @param call counted from 0
        void place(long call) throws E;
    }

    /// As a program's arguments say it: calls a second, calls, and the ramp in ms.
    public static Schedule of(String rate, String calls, String rampMillis) {
        return new Schedule(
                Double.parseDouble(rate), Long.parseLong(calls), Duration.ofMillis(Long.parseLong(rampMillis)));
    }

    /// How many calls are due by then.
    public long dueBy(long nanos) {
        double slope = ramp.toNanos();
        double due = nanos < slope ? rate * nanos * nanos / (2 * slope) : rate * (nanos - slope / 2);
        return Math.min(calls, (long) (due / SECOND));
    }

    /// When a call is due, counted from 0: then so many are due, itself included.
    public long dueAt(long call) {
        double slope = ramp.toNanos();
        double atFullRate = (call + 1) * SECOND / rate + slope / 2;
        return (long) Math.ceil(atFullRate < slope ? Math.sqrt(2 * slope * (call + 1) * SECOND / rate) : atFullRate);
    }

    /// Places each call when it is due, looking each millisecond; blocks until all are placed.
    ///
    /// @param start monotonic nanoseconds
    public <E extends Exception> void follow(long start, Placing<E> placing) throws E {
        long next = 0;
        while (next < calls) {
            long due = dueBy(System.nanoTime() - start);
            while (next < due) {
                placing.place(next++);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
