package io.flashcall.engine;

import java.util.OptionalInt;

/// What a SIP response said.
///
/// @param code      100 to 699, or 0 when no response came
/// @param q850Cause the Q.850 cause of its Reason header (RFC 3326, RFC 6432), 0 to 127, or -1 without one
/// @param reason    the first value of its Reason header as it stood, or empty
public record SipStatus(int code, int q850Cause, String reason) {

    /// No response.
    public static final SipStatus NONE = new SipStatus(0, -1, "");

    public OptionalInt status() {
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    public OptionalInt q850() {
        return q850Cause < 0 ? OptionalInt.empty() : OptionalInt.of(q850Cause);
    }
}
