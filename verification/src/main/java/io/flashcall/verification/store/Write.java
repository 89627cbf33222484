package io.flashcall.verification.store;

import io.flashcall.verification.Step;
import java.util.List;
import java.util.Optional;

/// Everything that is saved together with one step of a session.
///
/// @param step        the session after the event
/// @param events      its published events, ready to be sent
/// @param lease       of the attempt that the step added, where it is a flash call
/// @param failedCheck counts against the destination's daily budget, where the step was a wrong check
/// @param result      the response to keep for an idempotent request
public record Write(
        Step step,
        List<OutboxEvent> events,
        Optional<Lease> lease,
        Optional<FailedChecks.Day> failedCheck,
        Optional<IdempotentRequests.Result> result) {

    public Write {
        events = List.copyOf(events);
    }

    public static Write of(Step step, List<OutboxEvent> events) {
        return new Write(step, events, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Write with(Lease taken) {
        return new Write(step, events, Optional.of(taken), failedCheck, result);
    }

    public Write with(FailedChecks.Day day) {
        return new Write(step, events, lease, Optional.of(day), result);
    }

    public Write with(IdempotentRequests.Result kept) {
        return new Write(step, events, lease, failedCheck, Optional.of(kept));
    }
}
