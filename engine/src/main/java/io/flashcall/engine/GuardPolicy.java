package io.flashcall.engine;

import java.time.Duration;
import java.util.OptionalInt;

/// When a trunk gets no more calls for a while, because too many of its last ones went as its contract does not
/// allow.
///
/// @param limits    which shares of its calls may be how large
/// @param shortCall an answered call that lasts less is a short one, 1 s to 60 s
/// @param window    how far back calls count, 10 s to 24 h
/// @param minCalls  so many must have ended within the window before it is judged, 10 to 1,000,000
/// @param rest      how long the trunk gets no calls, 1 s to 24 h
/// @param testCalls after the rest, so many calls find out whether it is better, 1 to 1,000
public record GuardPolicy(
        Limits limits, Duration shortCall, Duration window, int minCalls, Duration rest, int testCalls) {

    /// Nothing is limited. The times are those that a limit begins with.
    public static final GuardPolicy OFF =
            new GuardPolicy(Limits.NONE, Duration.ofSeconds(6), Duration.ofMinutes(5), 100, Duration.ofMinutes(1), 10);

    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_TEST_CALLS = 1_000;
    private static final int LEAST_CALLS = 10;

    /// In percent of the calls that ended, those left out that we abandoned or never sent; empty for no limit.
    ///
    /// @param mostAnswered   that were answered, 0 to 99
    /// @param mostShort      that were answered and short, 0 to 99
    /// @param leastEffective that reached the callee's side: rang, busy, unavailable, unwanted or answered; 1 to
    ///                       100; the network effectiveness ratio of ITU-T E.425
    public record Limits(OptionalInt mostAnswered, OptionalInt mostShort, OptionalInt leastEffective) {

        /// No limit.
        public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

        private static final int WHOLE = 100;

        public Limits {
            new Problems("guards")
                    .check(isWithin(mostAnswered, 0, WHOLE - 1), "answered", shown(mostAnswered), "off, or 0 to 99")
                    .check(isWithin(mostShort, 0, WHOLE - 1), "short_calls", shown(mostShort), "off, or 0 to 99")
                    .check(isWithin(leastEffective, 1, WHOLE), "effective", shown(leastEffective), "off, or 1 to 100")
                    .throwIfAny();
        }

        private static boolean isWithin(OptionalInt percent, int least, int most) {
            return percent.isEmpty() || (percent.getAsInt() >= least && percent.getAsInt() <= most);
        }

        private static String shown(OptionalInt percent) {
            return percent.isPresent() ? Integer.toString(percent.getAsInt()) : "off";
        }
    }

    public GuardPolicy {
        new Problems("guards")
                .check(isWithin(shortCall, 1, 60), "short_call", shortCall, "1s to 60s")
                .check(isWithin(window, 10, 86_400), "window", window, "10s to 24h")
                .check(isWithin(minCalls, LEAST_CALLS, MOST_CALLS), "min_calls", minCalls, "10 to 1000000")
                .check(isWithin(rest, 1, 86_400), "rest", rest, "1s to 24h")
                .check(isWithin(testCalls, 1, MOST_TEST_CALLS), "test_calls", testCalls, "1 to 1000")
                .throwIfAny();
    }

    /// Whether there is nothing to guard.
    public boolean isOff() {
        return limits.equals(Limits.NONE);
    }

    private static boolean isWithin(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static boolean isWithin(Duration value, int leastSeconds, int mostSeconds) {
        return value.compareTo(Duration.ofSeconds(leastSeconds)) >= 0
                && value.compareTo(Duration.ofSeconds(mostSeconds)) <= 0;
    }
}
