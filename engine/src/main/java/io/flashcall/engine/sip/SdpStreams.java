package io.flashcall.engine.sip;

/// The streams of an SDP offer, and what we answer to each (RFC 3264 §6).
final class SdpStreams {

    private static final int MOST_STREAMS = 8;
    private static final int LONGEST_LINE = 200;
    private static final byte[] MEDIA = WireWriter.ascii("m=");
    private static final byte[] SEND_ONLY = WireWriter.ascii("a=sendonly\r\n");
    private static final byte[] RECEIVE_ONLY = WireWriter.ascii("a=recvonly\r\n");
    private static final byte[] INACTIVE = WireWriter.ascii("a=inactive\r\n");
    private static final byte[] BOTH = {};
    private static final byte[] LINE_END = WireWriter.ascii("\r\n");

    private byte[] in = {};
    private int kindEnd;
    private int portStart;
    private int portEnd;
    private int protocolEnd;

    /// Answers the offer between `from` and `to`.
    ///
    /// @return false if no stream can be accepted, or a stream cannot be read
    boolean answer(byte[] offer, int from, int to, int mediaPort, WireWriter out) {
        in = offer;
        byte[] direction = BOTH;
        boolean accepted = false;
        int streams = 0;
        for (int line = from; line < to; ) {
            int end = endOfLine(line, to);
            if (in[line] == 'm') {
                if (++streams > MOST_STREAMS || !read(line, end)) {
                    return false;
                }
                int next = nextStream(end, to);
                accepted |= write(line, end, directionOf(end, next, direction), mediaPort, out);
            } else if (streams == 0) {
                direction = directionOf(line, end, direction);
            }
            line = afterLine(end, to);
        }
        return accepted;
    }

    /// `m=<media> <port>[/<count>] <proto> <fmt> ...` (RFC 8866 §5.14), of visible characters and single spaces.
    private boolean read(int line, int end) {
        if (end - line > LONGEST_LINE || end - line < 2 || in[line + 1] != '=') {
            return false;
        }
        for (int i = line; i < end; i++) {
            if (in[i] < ' ' || in[i] == 0x7f) {
                return false;
            }
        }
        kindEnd = space(line + 2, end);
        portStart = kindEnd + 1;
        portEnd = space(portStart, end);
        protocolEnd = space(portEnd + 1, end);
        return protocolEnd + 1 < end;
    }

    /// @return whether the stream is accepted
    private boolean write(int line, int end, byte[] direction, int mediaPort, WireWriter out) {
        boolean ours = isAudio(line) && hasPort() && hasFormat(end);
        out.bytes(MEDIA);
        out.copy(in, line + 2, portStart);
        out.decimal(ours ? mediaPort : 0);
        out.copy(in, portEnd, protocolEnd);
        if (ours) {
            writeFormats(end, out);
        } else {
            out.copy(in, protocolEnd, end);
        }
        out.bytes(LINE_END);
        if (ours) {
            out.bytes(direction);
        }
        return ours;
    }

    private boolean isAudio(int line) {
        return Ascii.same(in, line + 2, kindEnd, "audio") && Ascii.same(in, portEnd + 1, protocolEnd, "RTP/AVP");
    }

    private boolean hasPort() {
        return Ascii.number(in, portStart, portEnd, 65_535) > 0;
    }

    private boolean hasFormat(int end) {
        for (int at = protocolEnd + 1; at < end; at = space(at, end) + 1) {
            if (isOurs(at, end)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the format that starts there is one of ours: 8 or 0, G.711.
    private boolean isOurs(int at, int end) {
        return space(at, end) == at + 1 && (in[at] == '8' || in[at] == '0');
    }

    /// Those of ours, in the order of the offer.
    private void writeFormats(int end, WireWriter out) {
        for (int at = protocolEnd + 1; at < end; at = space(at, end) + 1) {
            if (isOurs(at, end)) {
                out.oneByte(' ');
                out.oneByte((char) in[at]);
            }
        }
    }

    /// The answer to the direction that stands between `from` and `to` (RFC 3264 §6.1), or `usual`.
    private byte[] directionOf(int from, int to, byte[] usual) {
        for (int line = from; line < to; line = afterLine(endOfLine(line, to), to)) {
            int end = endOfLine(line, to);
            if (Ascii.same(in, line, end, "a=sendonly")) {
                return RECEIVE_ONLY;
            } else if (Ascii.same(in, line, end, "a=recvonly")) {
                return SEND_ONLY;
            } else if (Ascii.same(in, line, end, "a=inactive")) {
                return INACTIVE;
            } else if (Ascii.same(in, line, end, "a=sendrecv")) {
                return BOTH;
            }
        }
        return usual;
    }

    private int nextStream(int from, int to) {
        int line = from;
        while (line < to && in[line] != 'm') {
            line = afterLine(endOfLine(line, to), to);
        }
        return line;
    }

    private int endOfLine(int from, int to) {
        int at = from;
        while (at < to && in[at] != '\r' && in[at] != '\n') {
            at++;
        }
        return at;
    }

    private int afterLine(int end, int to) {
        int at = end;
        if (at < to && in[at] == '\r') {
            at++;
        }
        return at < to && in[at] == '\n' ? at + 1 : at;
    }

    private int space(int from, int end) {
        int at = from;
        while (at < end && in[at] != ' ') {
            at++;
        }
        return at;
    }
}
