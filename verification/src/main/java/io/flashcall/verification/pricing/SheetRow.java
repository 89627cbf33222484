package io.flashcall.verification.pricing;

import java.time.Instant;
import java.util.regex.Pattern;

/// One line of a rate sheet.
///
/// @param prefix      of the numbers that it holds for: `+` and up to 15 digits; `+` alone is every number
/// @param route       over which trunk, or by which channel
/// @param validFrom   the first moment that it holds at; it does until another row of the same prefix and
///                    route does
/// @param fromAttempt which attempt of a calendar month (UTC) it holds from, of those that its prefix and
///                    route priced; 1 is the first
/// @param rate        what is due
public record SheetRow(String prefix, String route, Instant validFrom, long fromAttempt, Rate rate) {

    private static final Pattern PREFIX = Pattern.compile("\\+\\d{0,15}");

    public SheetRow {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: + and digits, such as +44)");
        }
        if (fromAttempt < 1) {
            throw new IllegalArgumentException("from_attempt: " + fromAttempt + " (expected: 1 or more)");
        }
    }

    /// Whether both would hold at once.
    public boolean collides(SheetRow other) {
        return isTierOf(other) && fromAttempt == other.fromAttempt;
    }

    /// Whether both are tiers of one price.
    boolean isTierOf(SheetRow other) {
        return prefix.equals(other.prefix) && route.equals(other.route) && validFrom.equals(other.validFrom);
    }
}
