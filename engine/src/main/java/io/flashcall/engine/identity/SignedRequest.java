package io.flashcall.engine.identity;

import java.util.List;
import java.util.Optional;

/// What a verifier reads of an INVITE.
///
/// @param identities values of its Identity headers, in their order
/// @param date       value of its Date header
/// @param from       the calling number, from P-Asserted-Identity, else From: as it stands in the URI
/// @param to         the called number, from To: as it stands in the URI
/// @param callId     its Call-ID: the same Identity in another call is a replay, in the same call a retry
public record SignedRequest(List<String> identities, Optional<String> date, String from, String to, String callId) {

    public SignedRequest {
        identities = List.copyOf(identities);
    }

    /// Tells no number, and no Identity, which holds two.
    @Override
    public String toString() {
        return "SignedRequest[" + identities.size() + " identities]";
    }
}
