package io.flashcall.verification.channel;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.SessionId;

/// Hears how attempts go. Thread-safe; returns after what it heard is saved.
public interface AttemptListener {

    void onRinging(SessionId session, int attempt);

    void onEnded(SessionId session, int attempt, AttemptResult result);
}
