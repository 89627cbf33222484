package io.flashcall.testbed;

import io.flashcall.testbed.digest.DigestPolicy;
import java.util.Optional;

/// On what terms a carrier takes requests, whatever the dialplan has for them.
///
/// @param digest asks for credentials; empty: nobody is asked
public record CarrierTerms(Optional<DigestPolicy> digest) {

    /// Everybody is welcome.
    public static final CarrierTerms NONE = new CarrierTerms(Optional.empty());

    /// @param policy as [DigestPolicy#parse] reads it
    /// @throws IllegalArgumentException naming the value and what was expected
    public CarrierTerms withDigest(String policy) {
        return new CarrierTerms(Optional.of(DigestPolicy.parse(policy)));
    }
}
