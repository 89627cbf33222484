package io.flashcall.engine.call;

import org.jspecify.annotations.Nullable;

/// What a final response above 299 means when the phone has not rung. A Q.850 cause in its Reason header (RFC 6432)
/// outranks the SIP code, since it comes from nearer the callee.
public final class Refusal {

    private static final int NONE = -1;

    private Refusal() {}

    /// Judges a refusal.
    ///
    /// @param status 300 to 699
    /// @param q850   cause, or -1 without one
    public static Ending of(int status, int q850) {
        Ending byCause = q850 == NONE ? null : byQ850(status, q850);
        return byCause == null ? byStatus(status) : byCause;
    }

    private static @Nullable Ending byQ850(int status, int cause) {
        return switch (cause) {
            case 1, 22, 28 -> Ending.INVALID_NUMBER;
            case 17 -> Ending.BUSY;
            case 18, 20 -> Ending.UNAVAILABLE;
            case 19 -> Ending.RANG_UNSEEN;
            case 21, 55, 57 -> Ending.BLOCKED;
            case 34, 38, 41, 42, 47, 58, 63, 102 -> status == 503 ? Ending.OVERLOADED : Ending.UNREACHABLE;
            case 65, 70, 79, 88 -> Ending.MEDIA_REFUSED;
            default -> null;
        };
    }

    /// A code that is not listed counts as the x00 of its class (RFC 3261 §8.1.3.2); a redirection is one that was
    /// not followed.
    private static Ending byStatus(int status) {
        return switch (status) {
            case 404, 410, 484, 604 -> Ending.INVALID_NUMBER;
            case 486, 600 -> Ending.BUSY;
            case 480 -> Ending.UNAVAILABLE;
            case 401, 407 -> Ending.NOT_AUTHORIZED;
            case 402, 403, 603, 607, 608 -> Ending.BLOCKED;
            case 415, 488, 606 -> Ending.MEDIA_REFUSED;
            case 408 -> Ending.UNREACHABLE;
            case 503 -> Ending.OVERLOADED;
            case 428, 436, 437, 438, 501 -> Ending.PROTOCOL;
            default -> status >= 600 ? Ending.BUSY : status >= 500 ? Ending.UNREACHABLE : Ending.PROTOCOL;
        };
    }
}
