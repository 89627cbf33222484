package io.flashcall.verification;

import java.util.Optional;
import java.util.stream.Stream;

/// How much an app may spend. Days and months are those of UTC; only what costs in the budget's own
/// currency counts.
///
/// @param day    on attempts that begin on one day; empty: no limit
/// @param month  in one month; empty: no limit
/// @param warnAt percent of either that are worth a warning, 1 to 100; default 80
public record Budget(Optional<Price> day, Optional<Price> month, int warnAt) {

    public static final int USUAL_WARNING = 80;

    /// No limit.
    public static final Budget NONE = new Budget(Optional.empty(), Optional.empty(), USUAL_WARNING);

    public Budget {
        if (warnAt < 1 || warnAt > 100) {
            throw new IllegalArgumentException("warn_at: " + warnAt + " (expected: 1 to 100, percent)");
        }
        if (Stream.of(day, month)
                .flatMap(Optional::stream)
                .anyMatch(price -> price.amount().signum() == 0)) {
            throw new IllegalArgumentException("budget: 0 (expected: an amount above 0)");
        }
    }

    public boolean isNone() {
        return day.isEmpty() && month.isEmpty();
    }
}
