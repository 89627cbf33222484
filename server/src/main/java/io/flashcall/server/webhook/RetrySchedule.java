package io.flashcall.server.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a delivery that failed is tried again: ten tries over about three days.
///
/// @param pauses before the second try, the third, and so on; after as many failures and one more it is given up
public record RetrySchedule(List<Duration> pauses) {

    /// The example of the Standard Webhooks specification.
    public static final RetrySchedule STANDARD = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24)));

    /// Pauses vary by this much up or down, so that what failed together does not come back together.
    private static final double JITTER = 0.2;

    public RetrySchedule {
        pauses = List.copyOf(pauses);
    }

    /// @param failures tries made, all in vain; at least 1
    /// @return how long to pause; empty: give up
    Optional<Duration> pauseAfter(int failures, RandomGenerator random) {
        if (failures > pauses.size()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Optional.of(Duration.ofMillis((long) (pauses.get(failures - 1).toMillis() * factor)));
    }
}
