package io.flashcall.engine.identity;

/// The responses with which a verifier refuses a call (RFC 8224 §6.2.2).
public enum StirResponse {
    STALE_DATE(403, "Stale Date"),
    USE_IDENTITY_HEADER(428, "Use Identity Header"),
    BAD_IDENTITY_INFO(436, "Bad Identity Info"),
    UNSUPPORTED_CREDENTIAL(437, "Unsupported Credential"),
    INVALID_IDENTITY_HEADER(438, "Invalid Identity Header");

    private final int code;
    private final String reason;

    StirResponse(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    /// The reason phrase.
    public String reason() {
        return reason;
    }
}
