package io.flashcall.engine;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/// What a SIP response said.
///
/// @param code      100 to 699, or 0 when no response came
/// @param q850Cause the Q.850 cause of its Reason header (RFC 3326, RFC 6432), 0 to 127, or -1 without one
/// @param reason    the first value of its Reason header as it stood, or empty
/// @param redress   where the response says that one may complain of a block by analytics: the url of a "603+", or
///                  the jCard of a 608 (RFC 8688); http or https, never fetched here
public record SipStatus(int code, int q850Cause, String reason, Optional<URI> redress) {

    /// No response.
    public static final SipStatus NONE = new SipStatus(0, -1, "");

    /// One that names nobody to complain to.
    public SipStatus(int code, int q850Cause, String reason) {
        this(code, q850Cause, reason, Optional.empty());
    }

    public OptionalInt status() {
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    public OptionalInt q850() {
        return q850Cause < 0 ? OptionalInt.empty() : OptionalInt.of(q850Cause);
    }
}
