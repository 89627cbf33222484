package io.flashcall.verification;

import java.time.Instant;

/// What a session waits for.
public sealed interface Phase {

    /// An attempt on this channel is to be prepared and saved.
    ///
    /// @param send  1 for the start, 2 for the first resend, …
    /// @param since when that was decided; a launch that was lost in a crash is asked for again later
    record Launching(int send, int channelIndex, Instant since) implements Phase {}

    /// The user is to prove that it reached them.
    ///
    /// @param attempt the latest one's number
    /// @param until   when the plan moves on to the next channel
    record Trying(int attempt, Instant until) implements Phase {}

    /// Every channel was tried; what was sent still counts until the session expires.
    record Spent() implements Phase {}

    /// Over.
    ///
    /// @param reason one word for machines, empty unless failed
    record Ended(Status status, String reason, Instant at) implements Phase {}
}
