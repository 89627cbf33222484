package io.flashcall.verification.store;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Attempts one by one, for whoever holds them against a provider's bill.
public interface Bills {

    /// In the order in which they began.
    ///
    /// @param after the last one of the page before; empty: the first page
    /// @param most  1 or more
    List<Item> page(Query query, Optional<Item> after, int most);

    /// @param app  whose; empty: everybody's
    /// @param from the first moment that they may have begun at
    /// @param to   the first moment after the last one
    record Query(Optional<AppId> app, Instant from, Instant to) {}

    /// @param to      the number; empty once it was removed
    /// @param country of that number
    record Item(SessionId session, AppId app, String purpose, Optional<E164> to, String country, Attempt attempt) {}
}
