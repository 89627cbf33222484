package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
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
    record Row(
            String country,
            String trunk,
            String channel,
            long started,
            long rang,
            long verified,
            Duration timeToVerify) {

        /// Verified of started, 0 to 1.
        public double conversion() {
            return started == 0 ? 0 : (double) verified / started;
        }
    }
}
