package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One call from beginning to end.
///
/// @param events in order; the last is [Ended]
/// @param wire   what the events do not tell
record CallReport(List<CallEvent> events, Wire wire) {

    /// What was seen on the wire.
    ///
    /// @param callId    of the INVITE; empty when none was sent
    /// @param cancelled whether we sent a CANCEL
    record Wire(String callId, boolean cancelled) {}

    CallReport {
        events = List.copyOf(events);
        if (events.isEmpty() || !(events.getLast() instanceof Ended)) {
            throw new IllegalArgumentException("events: " + events + " (expected: an ended call's)");
        }
    }

    CallOutcome outcome() {
        return ended().outcome();
    }

    /// When it happened, after the first INVITE; a call that never left counts from its end.
    Duration time(CallEvent event) {
        return between(first(Placed.class).map(CallEvent.class::cast).orElse(ended()), event);
    }

    /// First INVITE to first ringing.
    Optional<Duration> setup() {
        return first(Ringing.class).map(this::time);
    }

    /// What the carrier knows the call by: its SIP Call-ID, or, where it never heard of it, the engine's name for it.
    String callId() {
        return wire.callId().isEmpty() ? ended().stamp().call().toString() : wire.callId();
    }

    /// Ringing to our CANCEL; empty when the call ended, or was answered, before we sent one. A CANCEL is sent before
    /// any BYE, so if there was one, it is what [HangingUp] tells of.
    Optional<Duration> ring() {
        return first(HangingUp.class)
                .filter(_ -> wire.cancelled())
                .flatMap(hangUp -> first(Ringing.class).map(ringing -> between(ringing, hangUp)));
    }

    /// Ringing to whatever stopped it.
    Optional<Duration> heard() {
        CallEvent stopped = first(HangingUp.class).map(CallEvent.class::cast).orElse(ended());
        return first(Ringing.class).map(ringing -> between(ringing, stopped));
    }

    /// How long after the ring time was over our CANCEL left.
    Optional<Duration> cancelLate() {
        return first(HangingUp.class).flatMap(HangingUp::late);
    }

    Ended ended() {
        return (Ended) events.getLast();
    }

    private <T extends CallEvent> Optional<T> first(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Duration between(CallEvent from, CallEvent to) {
        return Duration.ofNanos(to.stamp().nanos() - from.stamp().nanos());
    }
}
