package io.flashcall.verification;

import java.util.Optional;

/// What happens to a session.
public sealed interface SessionEvent {

    /// An attempt was prepared for the launch that the session waits for.
    record Prepared(Attempt attempt) implements SessionEvent {}

    /// No attempt can be made on that channel.
    ///
    /// @param reason for the timeline; holds no number
    record Unavailable(int send, int channelIndex, String reason) implements SessionEvent {}

    /// The phone rings.
    record Ringing(int attempt) implements SessionEvent {}

    /// An attempt has its outcome.
    record AttemptEnded(int attempt, AttemptResult result) implements SessionEvent {}

    /// A provider reports what became of a message that it had accepted; may come before that is saved, and after the
    /// session has ended.
    ///
    /// @param detail for the timeline; holds no number
    record Received(int attempt, Receipt.State state, String detail) implements SessionEvent {}

    /// Somebody entered a code.
    ///
    /// @param attempt the attempt whose code it is, or 0 for none
    /// @param source  `manual`, `intercepted` or `log`
    record Checked(int attempt, String source) implements SessionEvent {}

    /// Send again.
    ///
    /// @param channel empty: the channel tried last
    record ResendAsked(Optional<ChannelName> channel) implements SessionEvent {}

    /// The app withdraws the session.
    record CancelAsked() implements SessionEvent {}

    /// A deadline has passed.
    record TimePassed() implements SessionEvent {}
}
