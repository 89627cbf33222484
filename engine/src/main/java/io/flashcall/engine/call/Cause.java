package io.flashcall.engine.call;

/// What a refusal says besides its status, in one `int` that the event loop hands on without making an object: a
/// Q.850 cause alone stands for itself.
///
/// ```
/// bits 0..7    the Q.850 cause, or 255 without one
/// bits 8..17   the SIP status of a Reason header, or 0 without one
/// bit  18      blocked by analytics
/// bit  19      403 Stale Date
/// ```
public final class Cause {

    /// Nothing.
    public static final int NONE = -1;

    private static final int NO_Q850 = 0xff;
    private static final int SIP_SHIFT = 8;
    private static final int SIP_MASK = 0x3ff;
    private static final int ANALYTICS = 1 << 18;
    private static final int STALE = 1 << 19;

    private Cause() {}

    /// @param q850      0 to 127, or -1 without one
    /// @param sip       status of 0 to 699 in a Reason header (RFC 3326), or -1 without one
    /// @param analytics whether the response says that analytics blocked the call
    public static int of(int q850, int sip, boolean analytics) {
        return (q850 & NO_Q850) | Math.max(0, sip) << SIP_SHIFT | (analytics ? ANALYTICS : 0);
    }

    /// The same, of a response to which the date of our signature is stale (RFC 8224 §6.2.2).
    ///
    /// @param cause not [#NONE]
    public static int ofStaleDate(int cause) {
        return cause | STALE;
    }

    /// -1 without one.
    static int q850(int cause) {
        int q850 = cause & NO_Q850;
        return q850 == NO_Q850 ? NONE : q850;
    }

    /// 0 without one.
    static int sip(int cause) {
        return cause == NONE ? 0 : cause >> SIP_SHIFT & SIP_MASK;
    }

    static boolean isAnalytics(int cause) {
        return cause != NONE && (cause & ANALYTICS) != 0;
    }

    static boolean isStaleDate(int cause) {
        return cause != NONE && (cause & STALE) != 0;
    }
}
