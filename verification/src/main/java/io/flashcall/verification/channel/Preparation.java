package io.flashcall.verification.channel;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.store.Lease;
import java.util.Optional;

/// What [Channel#prepare] came to.
public sealed interface Preparation {

    /// @param attempt to be saved
    /// @param lease   to be saved with it, for a flash call
    /// @param secret  what it sends; never stored
    record Ready(Attempt attempt, Optional<Lease> lease, Secret secret) implements Preparation {}

    /// Nothing can be sent on this channel.
    ///
    /// @param reason one word or sentence for the timeline; holds no number
    record Unavailable(String reason) implements Preparation {}

    /// No caller id ends in the digits that were asked for.
    record NoSuchCode() implements Preparation {}
}
