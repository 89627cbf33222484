package io.flashcall.engine.simulation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A SIP message as the peer and the checker read it: lines, and text before and after colons. It knows only the plain
/// spelling, which is the one that both sides of the simulation write.
final class Message {

    private static final String END = "\r\n\r\n";

    private final String text;
    private final String startLine;
    private final Map<String, String> headers = new HashMap<>();
    private int vias;

    private Message(String text) {
        this.text = text;
        int end = text.indexOf(END);
        String[] lines = text.substring(0, Math.max(end, 0)).split("\r\n", -1);
        startLine = lines[0];
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                vias += name.equals("via") ? 1 : 0;
                headers.putIfAbsent(name, lines[i].substring(colon + 1).strip());
            }
        }
    }

    static Message read(String text) {
        return new Message(text);
    }

    /// Whether it can be used at all.
    boolean isSound() {
        boolean complete = headers.containsKey("via")
                && headers.containsKey("from")
                && headers.containsKey("to")
                && headers.containsKey("call-id")
                && headers.containsKey("cseq");
        return complete && (isResponse() ? vias == 1 && status() >= 100 && status() <= 699 : true);
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    String text() {
        return text;
    }

    String startLine() {
        return startLine;
    }

    /// Of a response.
    int status() {
        String digits = startLine.substring(8, Math.min(11, startLine.length()));
        return digits.matches("[0-9]{3}") ? Integer.parseInt(digits) : -1;
    }

    /// Of a request.
    String requestUri() {
        return startLine.split(" ", 3)[1];
    }

    /// The method in CSeq, which in a request is the request's own.
    String method() {
        String cseq = header("CSeq");
        return cseq.substring(cseq.indexOf(' ') + 1);
    }

    long cseq() {
        String cseq = header("CSeq");
        return Long.parseLong(cseq.substring(0, cseq.indexOf(' ')));
    }

    /// The first header of that name, or nothing.
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    String callId() {
        return header("Call-ID");
    }

    String branch() {
        return parameter(header("Via"), "branch");
    }

    String fromTag() {
        return parameter(header("From"), "tag");
    }

    String toTag() {
        return parameter(header("To"), "tag");
    }

    private static String parameter(String value, String name) {
        int at = value.indexOf(";" + name + "=", value.indexOf('>') + 1);
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 2;
        int end = value.indexOf(';', from);
        return end < 0 ? value.substring(from) : value.substring(from, end);
    }

    /// One line for a ladder.
    @Override
    public String toString() {
        if (!isSound()) {
            return "garbage, " + text.length() + " bytes";
        }
        String what = isResponse() ? status() + " " + method() : method();
        return what + (toTag().isEmpty() ? "" : " to " + toTag()) + "  " + callId();
    }
}
