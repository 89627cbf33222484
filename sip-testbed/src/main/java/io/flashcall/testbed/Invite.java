package io.flashcall.testbed;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.SipMessage;

/// An INVITE as first received, with what is needed again and again cut out of it.
///
/// @param message the whole of it
/// @param source where it came from
/// @param key what tells its transaction from others, see [#transactionKey]
/// @param callId its Call-ID
/// @param cseq its CSeq number
record Invite(SipMessage message, Origin source, String key, String callId, long cseq) {

    static Invite of(SipMessage message, Origin source) {
        return new Invite(message, source, transactionKey(message), message.callId(), message.cseqNumber());
    }

    /// Branch and sent-by of the topmost Via (RFC 3261 §17.2.3); the method is left out, so that a CANCEL and the ACK
    /// of a non-2xx find their INVITE.
    static String transactionKey(SipMessage message) {
        String via = message.topVia();
        int parameters = via.indexOf(';');
        return HeaderValue.parameter(via, "branch").orElse("")
                + (parameters < 0 ? via : via.substring(0, parameters).trim());
    }

    String branch() {
        return message.branch();
    }

    String called() {
        return HeaderValue.user(message.requestUri());
    }

    String caller() {
        return HeaderValue.user(HeaderValue.uri(message.headerOrEmpty(HeaderName.FROM)));
    }
}
