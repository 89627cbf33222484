package io.flashcall.engine.sip;

/// The places in a request's text that differ from call to call; in `RequestText` each stands as `{its-name}`.
enum Slot {
    /// 16 hex digits: the call.
    KEY,
    /// 16 hex digits: the transaction, which is the call's own for INVITE, CANCEL and the ACK of a failure.
    BRANCH_KEY,
    /// 16 hex digits.
    BRANCH_NONCE,
    /// 16 hex digits.
    TAG_NONCE,
    /// The caller id, as the trunk writes numbers.
    FROM_NUMBER,
    /// The called number, as the trunk writes numbers.
    TO_NUMBER,
    /// CSeq number, decimal.
    CSEQ,
    /// SDP session id and version: always 10 digits, so that equal-width numbers give equal-sized INVITEs.
    SESSION,
    /// SDP version of an answer, higher than the session's first: 10 digits.
    SESSION_VERSION,
    /// Request-URI that a redirection gave.
    REQUEST_URI,
    /// The To of the response, tag and all.
    RESPONSE_TO,
    /// Request-URI of a request within the dialog.
    DIALOG_URI,
    /// Route lines of a request within the dialog, each with its line end; often none.
    ROUTES,
    /// Route lines that the registrar wants (RFC 3608), each with its line end; often none.
    SERVICE_ROUTE,
    /// Seconds that a registration asks for.
    EXPIRES,
    /// Authorization and Proxy-Authorization lines, each with its line end; often none.
    CREDENTIALS,
    /// Date and Identity lines, each with its line end; often none.
    IDENTITY,
    /// The RAck line of a PRACK, with its line end; none in other requests.
    RACK;

    /// The most bytes that a slot of an INVITE takes; the lines that only some calls have are left out.
    int maxLength(NumberFormat fromFormat, NumberFormat toFormat) {
        return switch (this) {
            case KEY, BRANCH_KEY, BRANCH_NONCE, TAG_NONCE -> 16;
            case FROM_NUMBER -> fromFormat.maxLength();
            case TO_NUMBER -> toFormat.maxLength();
            case CSEQ, SESSION -> 10;
            case SERVICE_ROUTE, CREDENTIALS, IDENTITY, REQUEST_URI -> 0;
            case RESPONSE_TO, DIALOG_URI, ROUTES, EXPIRES, RACK, SESSION_VERSION ->
                throw new IllegalStateException(this + " has no place in an INVITE");
        };
    }
}
