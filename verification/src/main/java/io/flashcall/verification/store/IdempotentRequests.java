package io.flashcall.verification.store;

import java.time.Duration;
import java.time.Instant;

/// Requests that carry an `Idempotency-Key`, and what was answered. A key is held by the node that claimed it: one that
/// another node has taken over meanwhile is neither completed nor released by the former.
public interface IdempotentRequests {

    /// Takes the key for this request, or says who has it.
    ///
    /// @param fingerprint tells this request from others: a hash of what was asked
    /// @param hold how long a request may be in progress before another may take its key over, say after a crash
    Claim claim(Key key, String fingerprint, Instant now, Duration hold);

    /// Keeps the response, unless one was kept already, say by [Sessions#create].
    void complete(Result result);

    /// Gives a key back whose request came to nothing worth keeping, such as a fault of ours. One
    /// whose response is kept stays.
    void release(Key key);

    /// Deletes what was claimed before `before`.
    int forget(Instant before);

    /// @param owner whose key it is, such as the API key's id
    /// @param value as the client sent it
    record Key(String owner, String value) {}

    /// @param body sealed by the Vault, since it may hold a client secret
    record Result(Key key, int status, String body) {}

    sealed interface Claim {

        /// It is ours now.
        record Granted() implements Claim {}

        /// Somebody is at it.
        record InProgress() implements Claim {}

        /// It was used for another request.
        record Mismatch() implements Claim {}

        /// It was done before: answer this.
        record Replay(int status, String body) implements Claim {}
    }
}
