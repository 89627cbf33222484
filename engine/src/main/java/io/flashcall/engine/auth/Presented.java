package io.flashcall.engine.auth;

import java.util.Arrays;

/// What one call has shown of its credentials, and how it was received. Reusable.
public final class Presented {

    private static final long[] NONE = {};

    private long[] serials = NONE;

    int challenges;
    int rejections;
    private boolean excused;

    public Presented() {}

    /// There is another call.
    public void clear() {
        Arrays.fill(serials, 0);
        challenges = 0;
        rejections = 0;
        excused = false;
    }

    /// The nonce that was used in a protection space, by its serial number; 0 for none.
    long serial(int space) {
        return serials.length == 0 ? 0 : serials[space];
    }

    /// Makes its array with the first; most calls have none.
    void serial(int space, long serial) {
        if (serials.length == 0) {
            serials = new long[Authenticator.MOST_SPACES];
        }
        serials[space] = serial;
    }

    /// Whether a refusal that may be another call's doing is passed over: once.
    boolean excuses() {
        boolean first = !excused;
        excused = true;
        return first;
    }
}
