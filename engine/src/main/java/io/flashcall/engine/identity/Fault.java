package io.flashcall.engine.identity;

/// Why an Identity was not accepted. Each has the response that RFC 8224 §6.2.2 means for it, as we read it;
/// where implementations disagree, a [VerificationPolicy] says otherwise.
public enum Fault {
    /// The request has no Identity header.
    NO_IDENTITY(StirResponse.USE_IDENTITY_HEADER),
    /// All its Identity headers are of another kind than SHAKEN.
    UNSUPPORTED_PPT(StirResponse.USE_IDENTITY_HEADER),
    /// The policy wants a Date header, and there is none. Others answer 400.
    NO_DATE(StirResponse.STALE_DATE),
    /// The Date header is not one of RFC 3261.
    BAD_DATE(StirResponse.STALE_DATE),
    /// Signed or dated too long ago.
    STALE(StirResponse.STALE_DATE),
    /// Signed or dated in the future, by more than clocks differ.
    FUTURE(StirResponse.STALE_DATE),
    /// The header or the PASSporT in it cannot be read.
    MALFORMED(StirResponse.INVALID_IDENTITY_HEADER),
    /// A claim is missing or of the wrong type.
    BAD_CLAIMS(StirResponse.INVALID_IDENTITY_HEADER),
    /// `info` is not `x5u`, or what the header says of itself is not what its PASSporT says.
    CONTRADICTION(StirResponse.INVALID_IDENTITY_HEADER),
    /// Signed for another calling number.
    ORIG_MISMATCH(StirResponse.INVALID_IDENTITY_HEADER),
    /// Signed for another called number.
    DEST_MISMATCH(StirResponse.INVALID_IDENTITY_HEADER),
    /// The signature is not the certificate's.
    BAD_SIGNATURE(StirResponse.INVALID_IDENTITY_HEADER),
    /// The same Identity has been seen in another call.
    REPLAYED(StirResponse.INVALID_IDENTITY_HEADER),
    /// A certificate must not be fetched from there.
    X5U_FORBIDDEN(StirResponse.BAD_IDENTITY_INFO),
    /// The certificate could not be fetched.
    X5U_UNREACHABLE(StirResponse.BAD_IDENTITY_INFO),
    /// What was fetched is not PEM with certificates. Others answer 436.
    BAD_CERTIFICATE(StirResponse.UNSUPPORTED_CREDENTIAL),
    /// Another algorithm than ES256.
    UNSUPPORTED_ALGORITHM(StirResponse.UNSUPPORTED_CREDENTIAL),
    /// The certificate's key is not on P-256, or is not for signatures.
    UNSUPPORTED_KEY(StirResponse.UNSUPPORTED_CREDENTIAL),
    /// No valid chain leads from a trust anchor to the certificate. Others answer 438 to an expired one.
    UNTRUSTED(StirResponse.UNSUPPORTED_CREDENTIAL),
    /// The certificate, or one above it, is on the revocation list.
    REVOKED(StirResponse.UNSUPPORTED_CREDENTIAL),
    /// The certificate names no service provider code (RFC 8226 §9).
    NO_TN_AUTH_LIST(StirResponse.UNSUPPORTED_CREDENTIAL);

    private final StirResponse response;

    Fault(StirResponse response) {
        this.response = response;
    }

    /// The response by default.
    public StirResponse response() {
        return response;
    }
}
