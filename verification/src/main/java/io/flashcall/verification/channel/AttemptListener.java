package io.flashcall.verification.channel;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.SessionId;

/// Hears how attempts go. Thread-safe; returns after what it heard is saved.
public interface AttemptListener {

    void onRinging(SessionId session, int attempt);

    void onEnded(SessionId session, int attempt, AttemptResult result);

    /// Whether anybody still waits for this attempt. Whoever was held up before there was anything that cannot be taken
    /// back asks first: its session may have ended meanwhile, or gone on to another attempt, on any node.
    boolean isWanted(SessionId session, int attempt);
}
