package io.flashcall.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One step of a call. A call's events come in order, each kind at most once, numbered without a gap, and the last is
/// always [Ended].
public sealed interface CallEvent {

    Stamp stamp();

    /// What all events carry.
    ///
    /// @param call      which call
    /// @param reference the one its [CallRequest] gave
    /// @param sequence  0 for the call's first event, then 1, 2, …
    /// @param at        wall-clock time
    /// @param nanos     monotonic time, as of `System.nanoTime()` in this process
    record Stamp(CallId call, String reference, int sequence, Instant at, long nanos) {}

    /// The first INVITE was sent.
    record Placed(Stamp stamp) implements CallEvent {}

    /// The first provisional came, and it is not ringing.
    record Trying(Stamp stamp, SipStatus response) implements CallEvent {}

    /// The first ringing provisional came, or the trunk's ring policy takes the call to ring from now on.
    record Ringing(Stamp stamp, SipStatus response) implements CallEvent {}

    /// The first CANCEL, or BYE where the call was answered before, was sent.
    ///
    /// @param late how long after the ring time was over; empty where something else made us hang up
    record HangingUp(Stamp stamp, Optional<Duration> late) implements CallEvent {}

    /// The call is over.
    record Ended(Stamp stamp, CallOutcome outcome) implements CallEvent {}
}
