package io.flashcall.testbed.peers;

import tools.jackson.databind.JsonNode;

/// Something that a handset saw.
///
/// @param type baresip's own name, such as `CALL_INCOMING`, `CALL_RINGING`, `CALL_CLOSED`, `REGISTER_FAIL`
/// @param incoming whether its call came in, false for what is no call
/// @param peer the URI of the other side: what the phone shows; empty for what is no call
/// @param callId its Call-ID, the same on both sides of a proxy; empty for what is no call
/// @param detail such as `486 Rejected`, or `Connection reset by peer` after CANCEL and BYE alike
public record HandsetEvent(String type, boolean incoming, String peer, String callId, String detail) {

    static HandsetEvent of(JsonNode event) {
        return new HandsetEvent(
                event.path("type").asString(""),
                event.path("direction").asString("").equals("incoming"),
                event.path("peeruri").asString(""),
                event.path("id").asString(""),
                event.path("param").asString(""));
    }

    /// The user part of the other side's URI, empty if it has none.
    public String peerUser() {
        int from = peer.indexOf(':') + 1;
        int until = peer.indexOf('@');
        return until < from ? "" : peer.substring(from, until);
    }
}
