package io.flashcall.engine;

/// What a final response above 299 can mean before the phone has rung. Each is the outcome of the same name, a
/// [CallOutcome.DeclineCause] or a [CallOutcome.FailureCause].
public enum RefusalMeaning {
    INVALID_NUMBER,
    BUSY,
    UNAVAILABLE,
    UNWANTED,
    RANG_UNSEEN,
    UNREACHABLE,
    OVERLOADED,
    NOT_AUTHORIZED,
    BLOCKED,
    BLOCKED_BY_ANALYTICS,
    MEDIA_REFUSED,
    PROTOCOL
}
