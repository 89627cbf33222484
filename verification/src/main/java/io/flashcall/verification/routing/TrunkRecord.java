package io.flashcall.verification.routing;

import io.flashcall.verification.routing.TrunkHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is known of one trunk. Thread-safe.
///
/// ```
///        5 silent calls in a row            its time is up, one call goes
///   up ─────────────────────────▶ resting ─────────────────────────▶ probing
///    ▲                             ▲    │ a call was answered           │ │
///    │                             └────┼───────── silent again ────────┘ │
///    └──────────────────────────────────┴──────────── answered ───────────┘
/// ```
final class TrunkRecord {

    private static final int SILENT_CALLS = 5;
    private static final Duration SHORTEST_REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(250);

    /// When nothing was heard of a probe for as long as this, another goes.
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private int silentInARow;

    /// How long it rested last for silence; zero when a call was answered since.
    private Duration rest = Duration.ZERO;

    private Instant restsUntil = Instant.MIN;
    private Instant probeUntil = Instant.MIN;
    private Instant avoidedUntil = Instant.MIN;
    private String avoidedBecause = "";

    TrunkRecord(String name) {
        this.name = name;
    }

    /// A call got an answer.
    synchronized void answered() {
        silentInARow = 0;
        rest = Duration.ZERO;
        restsUntil = Instant.MIN;
    }

    /// A call got none, or the trunk's network failed it.
    synchronized void silent(Instant now) {
        silentInARow++;
        // What was in the air when the rest began tells nothing new.
        if (now.isBefore(restsUntil) || silentInARow < SILENT_CALLS) {
            return;
        }
        rest = rest.isZero() ? SHORTEST_REST : shorter(rest.multipliedBy(2), LONGEST_REST);
        restsUntil = now.plus(rest);
        probeUntil = Instant.MIN;
    }

    /// The trunk asked to be left alone.
    synchronized void overloaded(Optional<Duration> retryAfter, Instant now) {
        answered();
        avoid(shorter(retryAfter.orElse(SHORTEST_REST), LONGEST_RETRY_AFTER), "overloaded", now);
    }

    /// There was no room for a call.
    synchronized void full(String why, Instant now) {
        avoid(MOMENT, why, now);
    }

    synchronized State state(Instant now) {
        if (now.isBefore(restsUntil) && !avoidedUntil.isAfter(restsUntil)) {
            return new State(name, false, silentInARow + " calls in a row without an answer", restsUntil);
        }
        if (now.isBefore(avoidedUntil)) {
            return new State(name, false, avoidedBecause, avoidedUntil);
        }
        return new State(name, true, "ok", now);
    }

    synchronized boolean mayTry(Instant now) {
        boolean fellSilent = !rest.isZero();
        if (!state(now).up() || (fellSilent && now.isBefore(probeUntil))) {
            return false;
        }
        if (fellSilent) {
            probeUntil = now.plus(PROBE_PATIENCE);
        }
        return true;
    }

    private void avoid(Duration time, String why, Instant now) {
        var until = now.plus(time);
        if (until.isAfter(avoidedUntil)) {
            avoidedUntil = until;
            avoidedBecause = why;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
