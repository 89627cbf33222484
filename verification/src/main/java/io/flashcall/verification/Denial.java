package io.flashcall.verification;

/// Why a session did not do what it was asked.
public enum Denial {
    /// It is over.
    ENDED,
    /// Every send is used up.
    SENDS_USED_UP,
    /// A call is in the air, or about to be.
    CALL_IN_PROGRESS,
    /// It has no such channel.
    NO_SUCH_CHANNEL
}
