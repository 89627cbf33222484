package io.flashcall.verification.pricing;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.Price;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one step of a session adds to its app's spending. An attempt is charged with its ceiling when it
/// begins, and corrected to its cost when it ends, both on the day (UTC) that it began; one that never ends
/// stays at its ceiling.
///
/// @param amount negative where an attempt cost less than its ceiling
public record Charge(LocalDate day, String currency, BigDecimal amount) {

    /// @param before attempts of a session
    /// @param after  the same, those that changed, and new ones
    public static List<Charge> between(List<Attempt> before, List<Attempt> after) {
        var charges = new ArrayList<Charge>();
        for (int i = 0; i < after.size(); i++) {
            var attempt = after.get(i);
            var known = i < before.size() ? amount(before.get(i)) : BigDecimal.ZERO;
            var added = amount(attempt).subtract(known);
            if (added.signum() != 0) {
                var day = LocalDate.ofInstant(attempt.times().begun(), ZoneOffset.UTC);
                attempt.charge().map(Price::currency).ifPresent(in -> charges.add(new Charge(day, in, added)));
            }
        }
        return charges;
    }

    private static BigDecimal amount(Attempt attempt) {
        Optional<Price> charge = attempt.charge();
        return charge.map(Price::amount).orElse(BigDecimal.ZERO);
    }
}
