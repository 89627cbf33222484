package io.flashcall.verification.guard;

import java.time.Duration;
import java.util.List;

/// Counts what must not happen too often. Thread-safe; lives in memory.
public interface Limiter {

    /// Takes one of each, or none of them.
    Verdict take(List<Ask> asks);

    /// @param limit which
    /// @param key   whose: a keyed hash of a number, an address (IPv6: its /64), an app
    record Ask(Limit limit, String key) {}

    /// A limit with a name: so many within a period, and so many within another.
    ///
    /// @param name  `starts_per_destination`, …: what a 429 names
    /// @param rates at least one
    record Limit(String name, List<Rate> rates) {

        public Limit {
            rates = List.copyOf(rates);
        }
    }

    /// @param most   1 or more
    /// @param period longer than zero
    record Rate(int most, Duration period) {}

    sealed interface Verdict {

        record Allowed() implements Verdict {}

        /// @param limit its name
        /// @param retryAfter until it would be allowed
        record Exceeded(String limit, Duration retryAfter) implements Verdict {}
    }
}
