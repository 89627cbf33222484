package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One call from beginning to end.
///
/// @param events in order; the last is [Ended]
record CallReport(List<CallEvent> events) {

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

    /// Ringing to our CANCEL; empty when the call ended, or was answered, before we sent one.
    Optional<Duration> ring() {
        return first(HangingUp.class)
                .filter(hangUp -> hangUp.late().isPresent() || !(outcome() instanceof Answered))
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
