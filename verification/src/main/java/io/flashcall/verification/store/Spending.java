package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.pricing.BudgetPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/// What apps spend, by day (UTC) and currency. [Sessions] adds each
/// [Charge][io.flashcall.verification.pricing.Charge] in the transaction that saves its attempt.
public interface Spending {

    /// What the attempts cost that began on these days; those under way, and those whose outcome was never
    /// known, with their ceilings.
    ///
    /// @param last the last day, which counts as well
    BigDecimal spent(AppId app, String currency, LocalDate first, LocalDate last);

    /// Tells the app's webhook endpoints once that a budget got so far, however often and on however many
    /// nodes this is asked: with a delivery for each endpoint that wants the event.
    ///
    /// @return whether it was the first time
    boolean tell(Notice notice);

    /// Deletes what is of days before `day`.
    int forget(LocalDate day);

    /// @param period of the budget
    /// @param first  day of that period
    /// @param type   how far it got
    /// @param body   the exact JSON that endpoints receive
    record Notice(AppId app, BudgetPeriod period, LocalDate first, EventType type, Instant at, String body) {}
}
