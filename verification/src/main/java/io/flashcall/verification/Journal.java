package io.flashcall.verification;

import io.flashcall.verification.store.OutboxEvent;

/// Writes a session's events as they are kept and sent. Implemented where JSON is known; pure and thread-safe.
public interface Journal {

    /// @param session after the step that published it
    OutboxEvent write(Session session, Effect.Publish event);
}
