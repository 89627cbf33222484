package io.flashcall.verification.pricing;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import java.time.Instant;

/// Writes how budgets stand as webhook endpoints receive it. Implemented where JSON is known; pure and
/// thread-safe.
public interface BudgetJournal {

    /// @param type how far the budget got
    /// @return the exact JSON
    String write(AppId app, Budgets.Use use, EventType type, Instant at);
}
