package io.flashcall.verification.pricing;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A price that applied to an attempt, as it stood when the attempt was decided on.
///
/// @param price     of one unit
/// @param increment what a unit is
/// @param name      where it stands, for whoever checks a bill, such as `uk.csv:12` or `route +44`
public record Rate(Price price, Increment increment, String name) {

    /// Digits after the point that costs keep, in any currency.
    public static final int SCALE = 8;

    /// What an attempt costs that ended so; rounded half up to [#SCALE] digits.
    public Price cost(AttemptResult result) {
        return of(increment.quantity(result));
    }

    /// What an attempt costs that goes as they usually do: what other channels are compared with.
    public Price usual() {
        return of(increment.usual());
    }

    /// What is set aside for an attempt until its outcome is known, and stays set aside if it never is.
    public Price ceiling() {
        return of(increment.most());
    }

    private Price of(long quantity) {
        var amount = price.amount()
                .multiply(BigDecimal.valueOf(quantity))
                .divide(BigDecimal.valueOf(increment.per()), SCALE, RoundingMode.HALF_UP);
        return new Price(amount, price.currency());
    }
}
