package io.flashcall.engine.agent;

import io.flashcall.engine.RedirectPolicy;

/// Where redirections have led one call: it goes nowhere twice.
final class RedirectTrail {

    private static final long[] NOWHERE = {};

    private long[] uris = NOWHERE;
    private int count;
    private boolean bound;

    void clear() {
        count = 0;
        bound = false;
    }

    /// How many were followed.
    int count() {
        return count;
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
            uris = new long[RedirectPolicy.MOST];
        }
        uris[count++] = uri;
        bound = toAddress;
    }
}
