package io.flashcall.engine.capture;

/// Which calls are looked at when only a part of them is: decided by the call id, so that all messages of a call are
/// kept, or none. Messages that belong to no call are kept, unless nothing is.
final class CallSample {

    private static final int FRACTION_BITS = 53;

    /// Of 2⁵³.
    private final long kept;

    /// @param fraction 0.0 to 1.0
    CallSample(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("sample: " + fraction + " (expected: 0.0 to 1.0)");
        }
        kept = (long) (fraction * (1L << FRACTION_BITS));
    }

    boolean keeps(long call) {
        return call == 0 ? kept > 0 : mixed(call) >>> (Long.SIZE - FRACTION_BITS) < kept;
    }

    /// Whether a call is kept by those who can keep every second one alone, or of these every second, and so on. Who
    /// is kept by more halvings is kept by fewer too. The bits that [#keeps] looks at have no part in it, so that
    /// of a sample too a half is kept. What belongs to no call is kept.
    ///
    /// @param halvings 0 to 11
    static boolean keepsHalved(long call, int halvings) {
        return call == 0 || (mixed(call) & ((1L << halvings) - 1)) == 0;
    }

    /// Neighbouring ids become numbers that have nothing to do with each other (the finalizer of MurmurHash3).
    private static long mixed(long call) {
        long z = call;
        z = (z ^ (z >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return z ^ (z >>> 33);
    }
}
