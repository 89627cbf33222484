package io.flashcall.engine.capture;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Messages as a user agent shows them.
final class Messages {

    static final Endpoint US = endpoint("192.0.2.10", 5060);
    static final Endpoint CARRIER = endpoint("203.0.113.5", 5062);
    static final Endpoint US_V6 = endpoint("2001:db8::10", 5060);
    static final Endpoint CARRIER_V6 = endpoint("2001:db8:5::5", 5062);

    /// 2026-01-02 03:04:05.678901 UTC.
    static final long MICROS = 1_767_323_045_678_901L;

    private static final String TAGS = ";tag=ours";

    private Messages() {}

    static Endpoint endpoint(String address, int port) {
        return Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    static WireMessage of(boolean sent, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new WireMessage()
                .belonging(7, "")
                .at(1, MICROS)
                .between(US, CARRIER, SipTransport.UDP)
                .carrying(sent, bytes, bytes.length);
    }

    static WireMessage of(int call, boolean sent, String text) {
        return of(sent, text).belonging(call, "");
    }

    /// A message of a whole dialog, with what a SIP parser asks for.
    ///
    /// @param startLine `INVITE sip:+442079460123@203.0.113.5 SIP/2.0`, `SIP/2.0 180 Ringing`
    static String text(String startLine, String callId, String cseq) {
        return String.join(
                "\r\n",
                startLine,
                "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-" + callId + ";rport",
                "From: <sip:+12025550123@192.0.2.10>" + TAGS,
                "To: <sip:+442079460123@203.0.113.5>",
                "Call-ID: " + callId,
                "CSeq: " + cseq,
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "");
    }

    /// A flash call from INVITE to ACK.
    static List<WireMessage> flashCall(int call) {
        String id = "call-" + call;
        String uri = " sip:+442079460123@203.0.113.5 SIP/2.0";
        var all = new ArrayList<WireMessage>();
        all.add(of(call, true, text("INVITE" + uri, id, "1 INVITE")));
        all.add(of(call, false, text("SIP/2.0 100 Trying", id, "1 INVITE")));
        all.add(of(call, false, text("SIP/2.0 180 Ringing", id, "1 INVITE")));
        all.add(of(call, true, text("CANCEL" + uri, id, "1 CANCEL")));
        all.add(of(call, false, text("SIP/2.0 200 OK", id, "1 CANCEL")));
        all.add(of(call, false, text("SIP/2.0 487 Request Terminated", id, "1 INVITE")));
        all.add(of(call, true, text("ACK" + uri, id, "1 ACK")));
        return all;
    }

    /// The same, between other ends.
    static WireMessage between(WireMessage message, Endpoint us, Endpoint them, SipTransport transport) {
        return message.between(us, them, transport);
    }
}
