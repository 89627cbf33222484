package io.flashcall.verification.pricing;

import io.flashcall.verification.Price;
import java.util.Optional;

/// What an attempt is going to cost.
///
/// @param rate        that applies
/// @param alternative what the same send would cost by the channel that costs are compared with (SMS); only
///                    of a send's first attempt, so that a send counts once; empty where there is no such
///                    price
/// @param family      whose volume of the month the attempt counts in, see [RateSheet.Family]; empty for a
///                    price that stands in no sheet
public record Quote(Rate rate, Optional<Price> alternative, Optional<String> family) {

    /// A price that stands in no sheet.
    public Quote(Rate rate, Optional<Price> alternative) {
        this(rate, alternative, Optional.empty());
    }
}
