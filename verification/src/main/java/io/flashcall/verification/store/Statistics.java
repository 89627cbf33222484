package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How well verifications work.
public interface Statistics {

    /// One row for each country, trunk and channel that attempts of sessions started in the period were made with.
    ///
    /// @param app  whose; empty: everybody's
    /// @param from the first moment of the period
    /// @param to   the first moment after it
    List<Row> rows(Optional<AppId> app, Instant from, Instant to);

    /// @param trunk        empty for channels without
    /// @param started      attempts begun
    /// @param rang         of these, those that rang, or were accepted by the provider
    /// @param verified     of these, those whose code was entered
    /// @param timeToVerify mean from the attempt's begin to the right check; zero when none was verified
    /// @param money        what they cost, one for each currency; what a send is compared with counts at
    ///                     its first attempt
    record Row(
            String country,
            String trunk,
            String channel,
            long started,
            long rang,
            long verified,
            Duration timeToVerify,
            List<Money> money) {

        public Row {
            money = List.copyOf(money);
        }

        /// Of attempts that no price is known for.
        public Row(
                String country,
                String trunk,
                String channel,
                long started,
                long rang,
                long verified,
                Duration timeToVerify) {
            this(country, trunk, channel, started, rang, verified, timeToVerify, List.of());
        }

        /// Verified of started, 0 to 1.
        public double conversion() {
            return started == 0 ? 0 : (double) verified / started;
        }
    }
}
