package io.flashcall.engine.simulation;

import java.util.List;

/// Writes what the peer says.
final class Text {

    private Text() {}

    /// A response to `request`.
    ///
    /// @param toTag empty: To stays as it is
    /// @param more  further header lines
    static String response(Message request, int status, String toTag, List<String> more) {
        var text = new StringBuilder("SIP/2.0 " + status + " Said so\r\n");
        text.append("Via: ").append(via(request)).append("\r\n");
        text.append("From: ").append(request.header("From")).append("\r\n");
        boolean tagged = toTag.isEmpty() || !request.toTag().isEmpty();
        text.append("To: ").append(request.header("To")).append(tagged ? "" : ";tag=" + toTag);
        text.append("\r\nCall-ID: ").append(request.callId()).append("\r\n");
        text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
        more.forEach(line -> text.append(line).append("\r\n"));
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    private static String via(Message request) {
        return request.header("Via").replace(";rport", ";rport=5060;received=10.0.0.1");
    }

    /// A request within the dialog of an answered INVITE, from the callee.
    static String inDialog(String method, Message invite, String toTag, String host, String branch) {
        return "%s sip:agent@10.0.0.1:5060 SIP/2.0\r\n".formatted(method)
                + "Via: SIP/2.0/UDP %s:5060;branch=z9hG4bK%s;rport\r\n".formatted(host, branch)
                + "Max-Forwards: 70\r\n"
                + "From: %s;tag=%s\r\n".formatted(invite.header("To"), toTag)
                + "To: %s\r\n".formatted(invite.header("From"))
                + "Call-ID: %s\r\nCSeq: 7 %s\r\n".formatted(invite.callId(), method)
                + "Content-Length: 0\r\n\r\n";
    }

    /// A request out of the blue.
    static String request(String method, String host, String branch) {
        return "%s sip:agent@10.0.0.1:5060 SIP/2.0\r\n".formatted(method)
                + "Via: SIP/2.0/UDP %s:5060;branch=z9hG4bK%s;rport\r\n".formatted(host, branch)
                + "Max-Forwards: 70\r\n"
                + "From: <sip:peer@%s>;tag=f%s\r\nTo: <sip:agent@10.0.0.1>\r\n".formatted(host, branch)
                + "Call-ID: peer-%s\r\nCSeq: 1 %s\r\n".formatted(branch, method)
                + "Content-Length: 0\r\n\r\n";
    }
}
