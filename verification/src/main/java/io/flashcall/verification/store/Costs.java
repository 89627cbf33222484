package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What attempts cost, in exact sums.
public interface Costs {

    /// One row for each group that has attempts, in the order of the groups.
    List<Row> rows(Query query);

    /// What attempts may be grouped by.
    enum Grouping {
        /// On which they began (UTC).
        DAY,
        /// Of the number.
        COUNTRY,
        CHANNEL,
        /// That their session named.
        PURPOSE;

        /// `day` and so on.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Which attempts.
    ///
    /// @param app  whose; empty: everybody's
    /// @param from the first moment that they may have begun at
    /// @param to   the first moment after the last one
    /// @param by   empty: all in one row
    record Query(Optional<AppId> app, Instant from, Instant to, Set<Grouping> by) {

        public Query {
            by = Set.copyOf(by);
        }
    }

    /// @param group what its attempts have in common; a day is written as `2026-01-31`
    /// @param money one for each currency
    record Row(Map<Grouping, String> group, Counts counts, List<Money> money) {

        public Row {
            group = Map.copyOf(group);
            money = List.copyOf(money);
        }
    }

    /// @param attempts  all of them
    /// @param unpriced  of these, those that no price was known for: they cost nothing here
    /// @param unsettled of these, those that have no outcome, since they are under way or we were killed:
    ///                  they cost their ceilings
    record Counts(long attempts, long unpriced, long unsettled) {

        public static final Counts NONE = new Counts(0, 0, 0);

        public Counts plus(Counts other) {
            return new Counts(attempts + other.attempts, unpriced + other.unpriced, unsettled + other.unsettled);
        }
    }
}
