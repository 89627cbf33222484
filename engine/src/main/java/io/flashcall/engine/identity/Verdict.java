package io.flashcall.engine.identity;

import io.flashcall.engine.StirConfig.Attestation;

/// What came of checking a request's Identity.
public sealed interface Verdict {

    /// The number is vouched for.
    ///
    /// @param attestation how far
    /// @param origid      the origin, as the signer tells them apart: opaque, for a traceback
    /// @param spc         code of the service provider that signed, from its certificate
    record Passed(Attestation attestation, String origid, String spc) implements Verdict {}

    /// It is not. Policy decides whether the call is refused with the response, or goes on with it in Reason.
    ///
    /// @param response code and reason phrase
    /// @param fault    what was wrong
    /// @param detail   more of it, for a log; without numbers, but perhaps with text of the peer's
    record Failed(StirResponse response, Fault fault, String detail) implements Verdict {}
}
