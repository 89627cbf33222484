package io.flashcall.engine.agent;

import io.flashcall.engine.RedirectPolicy;

/// Where one call has been: no redirection leads it to the same URI twice (RFC 3261 §8.1.3.4).
final class RedirectTrail {

    private static final long[] NOWHERE = {};

    private long[] uris = NOWHERE;
    private int count;
    private boolean bound;

    void clear() {
        count = 0;
        bound = false;
    }

    /// Whether no redirection has come yet.
    boolean isEmpty() {
        return count == 0;
    }

    /// The first redirection has come.
    ///
    /// @param uri what the call was sent to before
    void begin(long uri) {
        add(uri, false);
    }

    /// How many were followed.
    int followed() {
        return Math.max(0, count - 1);
    }

    /// Whether the last one named a host by its address: then no other host serves.
    boolean isBound() {
        return bound;
    }

    boolean has(long uri) {
        for (int i = 0; i < count; i++) {
            if (uris[i] == uri) {
                return true;
            }
        }
        return false;
    }

    void add(long uri, boolean toAddress) {
        if (uris.length == 0) {
            uris = new long[1 + RedirectPolicy.MOST];
        }
        uris[count++] = uri;
        bound = toAddress;
    }
}
