package io.flashcall.verification;

import java.time.Instant;
import java.util.Optional;

/// What is settled when a session starts, and never changes.
///
/// @param id            the session's name
/// @param app           whose it is
/// @param intent        what is to be verified
/// @param terms         what holds for it
/// @param at            when it started
/// @param claims        what only some sessions have
public record Opening(SessionId id, AppId app, Intent intent, Terms terms, Instant at, Claims claims) {

    /// @param clientSecretHash hash of the secret that a publishable key must show to touch the session again
    /// @param reuseKey         what a later start with a server key must match to be given this session instead
    /// @param requestedCode    the code that its flash call must end in, sealed by the [Vault]
    public record Claims(Optional<String> clientSecretHash, Optional<String> reuseKey, Optional<String> requestedCode) {

        public static final Claims NONE = new Claims(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// When the session expires.
    public Instant expiresAt() {
        return at.plus(terms.timeToLive());
    }
}
