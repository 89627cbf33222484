package io.flashcall.verification.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Gives out turns, evenly spaced: a bucket that holds a single token. Whoever would wait too long gets none, so that
/// no queue grows. Thread-safe.
final class Pace {

    private final Duration spacing;
    private final Duration longestWait;
    private Instant next = Instant.MIN;

    /// @param perSecond turns in a second, 1 or more
    Pace(int perSecond, Duration longestWait) {
        this.spacing = Duration.ofSeconds(1).dividedBy(perSecond);
        this.longestWait = longestWait;
    }

    /// Takes the next turn.
    ///
    /// @return when it is; empty when that is too far away
    synchronized Optional<Instant> turn(Instant now) {
        var at = next.isBefore(now) ? now : next;
        if (at.isAfter(now.plus(longestWait))) {
            return Optional.empty();
        }
        next = at.plus(spacing);
        return Optional.of(at);
    }
}
