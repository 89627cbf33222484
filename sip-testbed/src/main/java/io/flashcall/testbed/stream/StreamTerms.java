package io.flashcall.testbed.stream;

import io.flashcall.testbed.option.Parameters;

/// How a carrier treats TCP and TLS connections.
///
/// @param pong whether a CRLF ping is answered (RFC 5626 §4.4.1)
/// @param halfOpen whether connections are taken and then never read: the kernel acknowledges, nobody answers
public record StreamTerms(boolean pong, boolean halfOpen) {

    /// As the RFCs have it.
    public static final StreamTerms PROPER = new StreamTerms(true, false);

    /// Reads `pong=true,half-open=false`; a bare value is `pong`.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static StreamTerms parse(String text) {
        Parameters parameters = new Parameters("tcp", text, "pong");
        StreamTerms terms = new StreamTerms(parameters.flag("pong", true), parameters.flag("half-open", false));
        parameters.refuseUnknown();
        return terms;
    }
}
