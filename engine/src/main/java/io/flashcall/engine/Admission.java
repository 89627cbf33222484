package io.flashcall.engine;

/// The engine's immediate answer to a [CallRequest].
public sealed interface Admission {

    /// The call is the engine's now: exactly one [CallOutcome] will follow.
    record Accepted(CallId callId) implements Admission {}

    /// Nothing was sent and nothing will be reported.
    record Refused(Reason reason) implements Admission {}

    /// Why a call was refused.
    enum Reason {
        /// All slots are taken, or events are not consumed fast enough to promise room for this call's.
        BUSY,
        /// The trunk's calls-per-second pace would make the call wait for more than 2 s.
        PACED,
        /// The trunk's channels are all in use.
        NO_CHANNEL,
        /// The carrier has asked to be left alone (503 with Retry-After from each host, or nothing but 503), or has
        /// been so until a moment ago and gets its calls back gradually.
        BACKING_OFF,
        /// The carrier's hosts want part of the calls withheld (RFC 7339), and this one was drawn.
        OVERLOADED,
        /// Too many of the trunk's last calls were answered, short, or in vain: its guard gives it a rest.
        GUARDED,
        /// The caller id is not among the numbers that the trunk lists, or the trunk does not allow flash calls.
        CALLER_ID_NOT_OWNED,
        /// A live call has the same reference.
        DUPLICATE_REFERENCE,
        /// The engine is draining or closed.
        DRAINING,
        /// From or to is not an E.164 number.
        BAD_NUMBER,
        /// No trunk has this name.
        UNKNOWN_TRUNK
    }
}
