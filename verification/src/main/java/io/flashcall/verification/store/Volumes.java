package io.flashcall.verification.store;

import java.time.YearMonth;

/// How many attempts each family of prices (see [io.flashcall.verification.pricing.RateSheet.Family]) had
/// in a calendar month (UTC): what its tiers go by. [Sessions] counts each attempt when it saves it.
public interface Volumes {

    /// Attempts begun in that month.
    long attempts(String family, YearMonth month);

    /// Deletes those of months before `month`.
    int forget(YearMonth month);
}
