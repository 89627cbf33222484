package io.flashcall.engine.capture;

import java.nio.charset.StandardCharsets;

/// One message of a call: an arrow of its [Ladder]. It keeps no bytes, so a [TraceListener] can hand it on.
///
/// @param call   the value of the call's `CallId`, or 0
/// @param sent   whether we sent it
/// @param nanos  monotonic time
/// @param label  `INVITE`, `180 Ringing`, `200 OK (CANCEL)`; without control characters, whatever the peer wrote
/// @param called the number that an INVITE calls, else empty
/// @param hash   of the message's bytes: a retransmission has the same one
public record LadderStep(long call, boolean sent, long nanos, String label, String called, int hash) {

    private static final int LONGEST_LABEL = 60;
    private static final int LONGEST_START_LINE = 200;
    private static final int LONGEST_METHOD = 16;
    private static final String VERSION = "SIP/2.0 ";

    /// Reads what [TraceListener#onMessage] is given.
    public static LadderStep of(WireMessage message) {
        byte[] bytes = message.bytes();
        int length = message.length();
        String startLine = startLine(bytes, length);
        String label = startLine.startsWith(VERSION) ? response(startLine, bytes, length) : request(startLine, length);
        return new LadderStep(
                message.call(),
                message.sent(),
                message.nanos(),
                shortened(label),
                called(startLine),
                hash(bytes, length));
    }

    /// 100 to 699, or 0 for a request.
    public int status() {
        boolean response = label.matches("[1-6]\\d\\d( .*)?");
        return response ? Integer.parseInt(label, 0, 3, 10) : 0;
    }

    private static String startLine(byte[] bytes, int length) {
        int end = 0;
        while (end < Math.min(length, LONGEST_START_LINE) && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        var text = new StringBuilder(new String(bytes, 0, end, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            if (isUnprintable(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }

    /// A peer must not be able to move somebody's cursor.
    private static boolean isUnprintable(char c) {
        int type = Character.getType(c);
        return Character.isISOControl(c) || type == Character.FORMAT || type == Character.LINE_SEPARATOR;
    }

    /// A CANCEL's 200 looks like an answer, so whatever does not answer the INVITE says what it answers.
    private static String response(String startLine, byte[] bytes, int length) {
        String status = startLine.substring(VERSION.length()).strip();
        String method = answered(bytes, length);
        return method.isEmpty() || method.equals("INVITE") ? status : shortened(status) + " (" + method + ")";
    }

    /// The method that the CSeq of a response names; empty when it names none.
    private static String answered(byte[] bytes, int length) {
        var text = new MessageText(bytes, length);
        if (!text.find("cseq", '\0')) {
            return "";
        }
        int from = text.end();
        while (from > text.start() && bytes[from - 1] >= 'A' && bytes[from - 1] <= 'Z') {
            from--;
        }
        boolean plausible = from > text.start() && text.end() - from <= LONGEST_METHOD;
        return plausible ? new String(bytes, from, text.end() - from, StandardCharsets.US_ASCII) : "";
    }

    private static int hash(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private static String request(String startLine, int length) {
        int space = startLine.indexOf(' ');
        return space > 0 ? startLine.substring(0, space) : length + " bytes that are no SIP";
    }

    private static String called(String startLine) {
        if (!startLine.startsWith("INVITE sip:")) {
            return "";
        }
        String uri = startLine.substring("INVITE sip:".length());
        int end = 0;
        while (end < uri.length() && "@; ".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(0, end);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
    }
}
