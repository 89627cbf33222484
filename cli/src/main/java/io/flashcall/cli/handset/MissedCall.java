package io.flashcall.cli.handset;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A call on a handset's display.
///
/// @param number  counts the calls of its handset, from 1
/// @param from    the caller id that it shows: `+442079460123`, or whatever else the caller sent
/// @param beganAt when it began to ring
/// @param rang    how long it rang; empty while it does
public record MissedCall(long number, String from, Instant beganAt, Optional<Duration> rang) {

    MissedCall stopped(Instant now) {
        var time = Duration.between(beganAt, now);
        return new MissedCall(number, from, beganAt, Optional.of(time.isNegative() ? Duration.ZERO : time));
    }
}
