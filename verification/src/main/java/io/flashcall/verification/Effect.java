package io.flashcall.verification;

import java.time.Instant;
import java.util.Map;

/// What the world must do because a session changed; performed after the change is saved.
public sealed interface Effect {

    /// Prepare and save an attempt on this channel.
    record Launch(int send, int channelIndex) implements Effect {}

    /// The attempt is saved: place the call, send the message.
    record Dispatch(int attempt) implements Effect {}

    /// End the call of this attempt, if it is still in the air.
    record HangUp(int attempt) implements Effect {}

    /// Goes into the timeline, and to webhook endpoints where its type does. Saved together with the change.
    ///
    /// @param sequence 1 for a session's first event, then 2, 3, … without a gap
    /// @param attempt  which attempt it is about, or 0
    /// @param details  by name; holds neither codes nor caller ids
    record Publish(EventType type, int sequence, Instant at, int attempt, Map<String, String> details)
            implements Effect {

        public Publish {
            details = Map.copyOf(details);
        }
    }
}
