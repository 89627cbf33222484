package io.flashcall.verification.pricing;

import io.flashcall.verification.AttemptResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a price is the price of.
public sealed interface Increment {

    /// One minute in seconds: what [Time] prices are for.
    BigDecimal MINUTE = BigDecimal.valueOf(60);

    /// How many times the price is due for an attempt that ended so.
    BigDecimal units(AttemptResult result);

    /// Every attempt that was sent, whatever came of it.
    record Attempt() implements Increment {

        @Override
        public BigDecimal units(AttemptResult result) {
            return BigDecimal.ONE;
        }

        @Override
        public String toString() {
            return "attempt";
        }
    }

    /// An attempt that reached the user, or may have.
    record Reached() implements Increment {

        @Override
        public BigDecimal units(AttemptResult result) {
            return result.verdict().isWaitedFor() ? BigDecimal.ONE : BigDecimal.ZERO;
        }

        @Override
        public String toString() {
            return "reached";
        }
    }

    /// Each part of a message that the provider took, or may have taken.
    record Part() implements Increment {

        @Override
        public BigDecimal units(AttemptResult result) {
            return result.verdict().isWaitedFor()
                    ? BigDecimal.valueOf(result.usage().parts())
                    : BigDecimal.ZERO;
        }

        @Override
        public String toString() {
            return "part";
        }
    }

    /// The price is for a minute of an answered call; begun blocks count whole.
    ///
    /// @param first the first block in seconds, 1 to 3600
    /// @param next  every further one in seconds, 1 to 3600
    record Time(int first, int next) implements Increment {

        public Time {
            if (first < 1 || first > 3600 || next < 1 || next > 3600) {
                throw new IllegalArgumentException(
                        "increment: " + first + "/" + next + " (expected: 1 to 3600 seconds each, such as 60/60)");
            }
        }

        @Override
        public BigDecimal units(AttemptResult result) {
            return BigDecimal.valueOf(billed(result.usage().answered())).divide(MINUTE, MathContext.DECIMAL128);
        }

        private long billed(Duration answered) {
            if (answered.isZero()) {
                return 0;
            }
            long seconds = answered.plusNanos(999_999_999).toSeconds();
            return seconds <= first ? first : first + (seconds - first + next - 1) / next * next;
        }

        @Override
        public String toString() {
            return first + "/" + next;
        }
    }

    /// Reads `attempt`, `reached`, `part`, or seconds such as `60/60` and `1/1`.
    static Increment parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "attempt" -> new Attempt();
            case "reached" -> new Reached();
            case "part" -> new Part();
            default -> time(text.strip());
        };
    }

    private static Increment time(String text) {
        var seconds = Pattern.compile("(\\d{1,4})/(\\d{1,4})").matcher(text);
        if (!seconds.matches()) {
            throw new IllegalArgumentException(
                    "increment: " + text + " (expected: attempt, reached, part, or seconds such as 60/60)");
        }
        return new Time(Integer.parseInt(seconds.group(1)), Integer.parseInt(seconds.group(2)));
    }
}
