package io.flashcall.verification;

import java.time.Instant;
import java.util.Locale;

/// What a provider reported of a message that it had accepted.
///
/// @param detail for the timeline, such as `UNDELIV 012`; holds no number
/// @param at     when we heard of it
public record Receipt(State state, String detail, Instant at) {

    /// Until there is a receipt, nobody knows: a message without one counts as [#UNKNOWN].
    public enum State {
        /// It is on the user's device, or in their mailbox.
        DELIVERED,
        /// It will never be.
        FAILED,
        /// The provider says that it does not know either; it may say more later.
        UNKNOWN;

        /// `delivered`, `failed` or `unknown`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether `later` tells something new: the first definite word stays.
    boolean yieldsTo(State later) {
        return state == State.UNKNOWN && later != State.UNKNOWN;
    }
}
