package io.flashcall.benchmarks.floor;

import java.nio.charset.StandardCharsets;

/// The three requests of a flash call as bytes in which only the call's number differs. It has ten digits and stands
/// in branch, tag and Call-ID, so that all INVITEs are equally long, all CANCELs, and all ACKs.
final class PreparedCall {

    static final int DIGITS = 10;

    private static final String NUMBER = "##########";
    private static final String SDP = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            """.replace("\n", "\r\n");

    /// What the far end's responses have before the number, after their status line: Via comes back as it was sent.
    private static final byte[] BRANCH = ascii("branch=z9hG4bK-");

    private final Template invite;
    private final Template cancel;
    private final Template ack;

    /// @param to    the far end, `127.0.0.1:5070`
    /// @param local where we send from
    PreparedCall(String to, String local) {
        invite = new Template(request(
                "INVITE",
                to,
                local,
                "Contact: <sip:floor@" + local + ">\r\n" + "Content-Type: application/sdp\r\n",
                SDP));
        cancel = new Template(request("CANCEL", to, local, "", ""));
        ack = new Template(request("ACK", to, local, "", ""));
    }

    private static String request(String method, String to, String local, String more, String body) {
        return method + " sip:+442079460123@" + to + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + local + ";branch=z9hG4bK-" + NUMBER + "\r\n"
                + "From: <sip:+12025550123@" + local + ">;tag=" + NUMBER + "\r\n"
                + "To: <sip:+442079460123@" + to + ">\r\n"
                + "Call-ID: " + NUMBER + "@floor\r\n"
                + "CSeq: 1 " + method + "\r\n"
                + "Max-Forwards: 70\r\n"
                + more
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    Template invite() {
        return invite;
    }

    Template cancel() {
        return cancel;
    }

    Template ack() {
        return ack;
    }

    /// Where the number of a response begins, or -1.
    static int numberIn(byte[] response, int length) {
        int last = length - BRANCH.length - DIGITS;
        for (int at = 0; at <= last; at++) {
            if (response[at] == 'b' && isBranch(response, at)) {
                return at + BRANCH.length;
            }
        }
        return -1;
    }

    /// The number that stands there.
    static long number(byte[] response, int at) {
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            number = number * 10 + response[at + i] - '0';
        }
        return number;
    }

    private static boolean isBranch(byte[] in, int at) {
        for (int i = 0; i < BRANCH.length; i++) {
            if (in[at + i] != BRANCH[i]) {
                return false;
            }
        }
        return true;
    }

    /// The status of a response, or 0.
    static int status(byte[] response, int length) {
        return length > 12 && response[0] == 'S'
                ? (response[8] - '0') * 100 + (response[9] - '0') * 10 + response[10] - '0'
                : 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One request. Not thread-safe.
    static final class Template {

        private final byte[] bytes;
        private final int[] places;

        Template(String text) {
            bytes = ascii(text);
            places = new int[text.split(NUMBER, -1).length - 1];
            int at = -1;
            for (int i = 0; i < places.length; i++) {
                at = text.indexOf(NUMBER, at + 1);
                places[i] = at;
            }
        }

        /// With the number that stands there.
        byte[] of(byte[] from, int at) {
            for (int place : places) {
                System.arraycopy(from, at, bytes, place, DIGITS);
            }
            return bytes;
        }

        /// With this number.
        byte[] of(long number) {
            long rest = number;
            int first = places[0];
            for (int i = DIGITS - 1; i >= 0; i--) {
                bytes[first + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            return of(bytes, first);
        }
    }
}
