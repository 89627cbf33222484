package io.flashcall.server.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Durations as people write them: `1500ms`, `2s`, `1.5s`, `1m`, `1h`, `30d`, or ISO 8601 such as `PT2S`.
public final class Durations {

    static final String EXPECTED = "a duration such as 1500ms, 2s, 1m or PT2S";

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

    private Durations() {}

    /// @throws BadValueException when `text` is not a duration, is negative, or is longer than 292 years
    public static Duration parse(String text) {
        try {
            var amount = AMOUNT.matcher(text);
            var duration = amount.matches() ? ofAmount(amount.group(1), amount.group(2)) : ofIso(text);
            if (!duration.isNegative() && duration.toNanos() >= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below.
        }
        throw new BadValueException(text, EXPECTED);
    }

    /// The shortest of `30d`, `2s`, `1500ms` and ISO that is exact.
    public static String text(Duration duration) {
        if (!duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        if (duration.toNanosPart() == 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toNanosPart() % 1_000_000 == 0 ? duration.toMillis() + "ms" : duration.toString();
    }

    private static Duration ofAmount(String amount, String unit) {
        long nanos = switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
        return Duration.ofNanos(
                new BigDecimal(amount).multiply(BigDecimal.valueOf(nanos)).longValueExact());
    }

    private static Duration ofIso(String text) {
        return Duration.parse(text.toUpperCase(Locale.ROOT));
    }
}
