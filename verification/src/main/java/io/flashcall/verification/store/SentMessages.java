package io.flashcall.verification.store;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Under which ids providers know the messages that they accepted, so that their receipts find the attempts they are
/// about, on any node and after any restart.
public interface SentMessages {

    /// Remembers the parts of a message. One that is known already stays as it is.
    void note(List<Part> parts);

    /// Notes what a provider reports of a part. A definite word stays, whatever comes later.
    ///
    /// @param id the provider's
    /// @return how the whole message stands after it; empty when no such part is known
    Optional<Standing> settle(ChannelName channel, String id, Receipt.State state);

    /// Deletes those sent before `before`.
    int forget(Instant before);

    /// One part of a message; most messages have one.
    ///
    /// @param id     by which the provider will name it
    /// @param number 1 for a message's first part, then 2, 3, …
    record Part(ChannelName channel, String id, SessionId session, int attempt, int number, Instant at) {}

    /// @param parts in order; empty: nothing was reported of that part yet
    record Standing(SessionId session, int attempt, List<Optional<Receipt.State>> parts) {

        public Standing {
            parts = List.copyOf(parts);
        }

        /// What is known of the message as a whole: it failed with its first part that did, and arrived with its last.
        /// Empty while parts are still to be reported.
        public Optional<Receipt.State> whole() {
            if (parts.contains(Optional.of(Receipt.State.FAILED))) {
                return Optional.of(Receipt.State.FAILED);
            }
            if (parts.contains(Optional.<Receipt.State>empty())) {
                return Optional.empty();
            }
            return Optional.of(
                    parts.contains(Optional.of(Receipt.State.UNKNOWN))
                            ? Receipt.State.UNKNOWN
                            : Receipt.State.DELIVERED);
        }
    }
}
