package io.flashcall.testbed.peers;

import java.time.Duration;

/// What a handset does with a call that comes in.
sealed interface HandsetHabit {

    /// Rings until the caller hangs up.
    record Ring() implements HandsetHabit {}

    /// Answers after this time of ringing.
    record Answer(Duration ringing) implements HandsetHabit {}

    /// Rejects with 486 after this time of ringing.
    record Reject(Duration ringing) implements HandsetHabit {}
}
