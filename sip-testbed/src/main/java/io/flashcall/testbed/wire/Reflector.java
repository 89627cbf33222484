package io.flashcall.testbed.wire;

import java.nio.charset.StandardCharsets;

/// Answers requests without remembering anything: INVITE with 100 and 180, CANCEL with its 200 and the INVITE's 487,
/// ACK with nothing, everything else with 200.
///
/// Works on bytes: Via, Record-Route, From, To, Call-ID and CSeq lines are copied as they stand, so the 487 that a
/// CANCEL brings is cut from the CANCEL's own headers (they equal the INVITE's, RFC 3261 §9.1). The To tag is one
/// constant: a dialog's identity also holds the caller's Call-ID and tag. `rport` is not filled in. Confined to one
/// thread.
public final class Reflector {

    /// What a request brings.
    public enum Verdict {
        INVITE,
        CANCEL,
        ACK,
        OTHER,
        /// No request, or no headers to answer to.
        UNREADABLE
    }

    private static final byte[] TRYING = ascii("SIP/2.0 100 Trying\r\n");
    private static final byte[] RINGING = ascii("SIP/2.0 180 Ringing\r\n");
    private static final byte[] OK = ascii("SIP/2.0 200 OK\r\n");
    private static final byte[] TERMINATED = ascii("SIP/2.0 487 Request Terminated\r\n");
    private static final byte[] TAG = ascii(";tag=reflect\r\n");
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] END = ascii("Content-Length: 0\r\n\r\n");
    private static final byte[] CSEQ_NAME = ascii("CSeq: ");
    private static final byte[] CSEQ_INVITE = ascii(" INVITE\r\n");

    private final byte[][] out = {new byte[4096], new byte[4096]};
    private final int[] lengths = new int[2];
    private int count;

    /// Reads one datagram and prepares its responses.
    public Verdict reflect(byte[] in, int length) {
        count = 0;
        Verdict verdict = verdict(in, length);
        switch (verdict) {
            case INVITE -> {
                answer(TRYING, false, in, length, false);
                answer(RINGING, true, in, length, false);
            }
            case CANCEL -> {
                answer(OK, true, in, length, false);
                answer(TERMINATED, true, in, length, true);
            }
            case OTHER -> answer(OK, true, in, length, false);
            case ACK, UNREADABLE -> {}
        }
        return verdict;
    }

    /// How many responses are ready, 0 to 2.
    public int responses() {
        return count;
    }

    /// The bytes of response `index`; valid up to [#length] until the next datagram.
    public byte[] bytes(int index) {
        return out[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    private static Verdict verdict(byte[] in, int length) {
        boolean response = in[0] == 'S' && in[1] == 'I' && in[2] == 'P' && in[3] == '/';
        if (response || length < 32 || length > 3000) {
            return Verdict.UNREADABLE;
        }
        return switch (in[0]) {
            case 'I' -> in[1] == 'N' && in[2] == 'V' ? Verdict.INVITE : Verdict.OTHER;
            case 'C' -> Verdict.CANCEL;
            case 'A' -> Verdict.ACK;
            default -> Verdict.OTHER;
        };
    }

    private void answer(byte[] statusLine, boolean tagged, byte[] in, int length, boolean asInvite) {
        byte[] target = out[count];
        int at = put(statusLine, target, 0);
        int line = lineEnd(in, 0, length) + 2;
        while (line + 1 < length && in[line] != '\r') {
            int end = headerEnd(in, line, length);
            switch (kind(in, line)) {
                case 'c' ->
                    at = asInvite ? putCseqInvite(in, line, end, target, at) : copy(in, line, end + 2, target, at);
                case 't' -> {
                    at = copy(in, line, end, target, at);
                    at = put(tagged && !hasTag(in, line, end) ? TAG : CRLF, target, at);
                }
                case 'x' -> {}
                default -> at = copy(in, line, end + 2, target, at);
            }
            line = end + 2;
        }
        lengths[count++] = put(END, target, at);
    }

    /// Which of the copied headers begins here: `v`ia, `f`rom, `t`o, call-`i`d, `c`seq, `r`ecord-route; `x` for others.
    private static char kind(byte[] in, int at) {
        int first = in[at] | 0x20;
        int second = in[at + 1] | 0x20;
        boolean compact = isNameEnd(in[at + 1]);
        return switch (first) {
            case 'v' -> compact || (second == 'i' && (in[at + 2] | 0x20) == 'a') ? 'v' : 'x';
            case 'f' -> compact || (second == 'r' && isNameEnd(in[at + 4])) ? 'f' : 'x';
            case 't' -> compact || (second == 'o' && isNameEnd(in[at + 2])) ? 't' : 'x';
            case 'i' -> compact ? 'i' : 'x';
            case 'c' -> second == 's' ? 'c' : second == 'a' && isDashed(in, at + 4, 'i') ? 'i' : 'x';
            case 'r' -> second == 'e' && isDashed(in, at + 6, 'r') ? 'r' : 'x';
            default -> 'x';
        };
    }

    private static boolean isNameEnd(byte b) {
        return b == ':' || b == ' ';
    }

    private static boolean isDashed(byte[] in, int at, char next) {
        return in[at] == '-' && (in[at + 1] | 0x20) == next;
    }

    private static int putCseqInvite(byte[] in, int start, int end, byte[] target, int to) {
        int digit = start;
        while (digit < end && (in[digit] < '0' || in[digit] > '9')) {
            digit++;
        }
        int digitEnd = digit;
        while (digitEnd < end && in[digitEnd] >= '0' && in[digitEnd] <= '9') {
            digitEnd++;
        }
        int at = put(CSEQ_NAME, target, to);
        at = copy(in, digit, digitEnd, target, at);
        return put(CSEQ_INVITE, target, at);
    }

    private static boolean hasTag(byte[] in, int start, int end) {
        for (int i = start; i + 5 <= end; i++) {
            if (in[i] == ';' && in[i + 1] == 't' && in[i + 2] == 'a' && in[i + 3] == 'g' && in[i + 4] == '=') {
                return true;
            }
        }
        return false;
    }

    private static int lineEnd(byte[] in, int from, int length) {
        int i = from;
        while (i + 1 < length && (in[i] != '\r' || in[i + 1] != '\n')) {
            i++;
        }
        return Math.min(i, length - 2);
    }

    /// The end of a header with its folded lines.
    private static int headerEnd(byte[] in, int from, int length) {
        int end = lineEnd(in, from, length);
        while (end + 2 < length && (in[end + 2] == ' ' || in[end + 2] == '\t')) {
            end = lineEnd(in, end + 2, length);
        }
        return end;
    }

    private static int copy(byte[] in, int start, int end, byte[] target, int at) {
        System.arraycopy(in, start, target, at, end - start);
        return at + end - start;
    }

    private static int put(byte[] constant, byte[] target, int at) {
        System.arraycopy(constant, 0, target, at, constant.length);
        return at + constant.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
