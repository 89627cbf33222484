package io.flashcall.testbed;

import io.flashcall.testbed.wire.SipMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/// The last responses to requests that belong to no INVITE, so that a retransmission gets the same again
/// (RFC 3261 §17.2.2). Bounded by number, not by time. Confined to the loop.
final class Replies {

    private static final int MOST = 10_000;

    private final Map<String, byte[]> sent = new LinkedHashMap<>();

    /// What was answered to this request before; empty if it is new.
    byte[] to(SipMessage request) {
        return sent.getOrDefault(key(request), new byte[0]);
    }

    void remember(SipMessage request, byte[] response) {
        sent.put(key(request), response);
        if (sent.size() > MOST) {
            sent.remove(sent.keySet().iterator().next());
        }
    }

    private static String key(SipMessage request) {
        return request.method() + " " + Invite.transactionKey(request);
    }
}
