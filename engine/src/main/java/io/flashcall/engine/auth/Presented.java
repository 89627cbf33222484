package io.flashcall.engine.auth;

/// What one call has shown of its credentials, and how it was received. Reusable.
public final class Presented {

    /// The nonce that was used in each protection space, by its serial number; 0 for none.
    final long[] serials = new long[Authenticator.MOST_SPACES];

    int challenges;
    int rejections;
    private boolean excused;

    public Presented() {}

    /// There is another call.
    public void clear() {
        for (int i = 0; i < serials.length; i++) {
            serials[i] = 0;
        }
        challenges = 0;
        rejections = 0;
        excused = false;
    }

    /// Whether a refusal that may be another call's doing is passed over: once.
    boolean excuses() {
        boolean first = !excused;
        excused = true;
        return first;
    }
}
