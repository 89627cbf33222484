package io.flashcall.testbed.jain;

import java.time.Duration;

/// How a callee takes its calls.
///
/// @param answering what it does
/// @param pdd INVITE to 180 (or to the final response of one that does not ring)
/// @param answerAfter 180 to 200, or to 603, for those that ring first
public record CalleeOptions(Answering answering, Duration pdd, Duration answerAfter) {

    /// What a callee does with a call.
    public enum Answering {
        /// Rings until the caller hangs up.
        RING,
        /// Rings, then picks up.
        RING_THEN_ANSWER,
        /// Picks up without ringing.
        ANSWER_AT_ONCE,
        /// Rings; picks up when the CANCEL comes, as if both had happened at once.
        ANSWER_ON_CANCEL,
        /// 486 without ringing.
        BUSY,
        /// Rings, then 603.
        DECLINE
    }

    /// With 20 ms of post-dial delay, and 200 ms of ringing before an answer.
    public static CalleeOptions of(Answering answering) {
        return new CalleeOptions(answering, Duration.ofMillis(20), Duration.ofMillis(200));
    }
}
