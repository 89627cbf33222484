package io.flashcall.verification;

import java.util.Locale;

/// Where a session stands.
public enum Status {
    /// Somebody may still prove that they have the number.
    PENDING,
    /// They have.
    VERIFIED,
    /// They no longer can: see the reason.
    FAILED,
    /// Its time ran out.
    EXPIRED,
    /// The app withdrew it.
    CANCELED;

    /// As the API writes it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing changes it any more.
    public boolean isFinal() {
        return this != PENDING;
    }
}
