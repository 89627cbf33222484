package io.flashcall.verification.pricing;

import io.flashcall.verification.AttemptResult;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a price is the price of. Quantities are whole numbers, so that costs are exact up to their one
/// rounding.
public sealed interface Increment {

    /// For how much of an attempt that ended so the price is due: attempts, parts, or seconds.
    long quantity(AttemptResult result);

    /// The same for an attempt that goes as they usually do; what a message is compared by.
    long usual();

    /// As much as an attempt plausibly comes to: what is set aside for it while its outcome is open.
    long most();

    /// How much of that quantity the price is for: one, or the seconds of a minute.
    default int per() {
        return 1;
    }

    /// Every attempt, whatever came of it.
    record Attempt() implements Increment {

        @Override
        public long quantity(AttemptResult result) {
            return 1;
        }

        @Override
        public long usual() {
            return 1;
        }

        @Override
        public long most() {
            return 1;
        }

        @Override
        public String toString() {
            return "attempt";
        }
    }

    /// An attempt that reached the user, or may have.
    record Reached() implements Increment {

        @Override
        public long quantity(AttemptResult result) {
            return result.verdict().isWaitedFor() ? 1 : 0;
        }

        @Override
        public long usual() {
            return 1;
        }

        @Override
        public long most() {
            return 1;
        }

        @Override
        public String toString() {
            return "reached";
        }
    }

    /// Each part of a message that the provider took, or may have taken.
    record Part() implements Increment {

        @Override
        public long quantity(AttemptResult result) {
            return result.verdict().isWaitedFor() ? result.usage().parts() : 0;
        }

        @Override
        public long usual() {
            return 1;
        }

        /// A code in a script that takes 70 characters a part.
        @Override
        public long most() {
            return 2;
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

        private static final int MINUTE = 60;

        public Time {
            if (first < 1 || first > 3600 || next < 1 || next > 3600) {
                throw new IllegalArgumentException(
                        "increment: " + first + "/" + next + " (expected: 1 to 3600 seconds each, such as 60/60)");
            }
        }

        @Override
        public long quantity(AttemptResult result) {
            return billed(result.usage().answered());
        }

        @Override
        public long usual() {
            return first;
        }

        /// A minute: flash calls are hung up at once, and a voice says a code in less.
        @Override
        public long most() {
            return billed(Duration.ofSeconds(MINUTE));
        }

        @Override
        public int per() {
            return MINUTE;
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
