package io.flashcall.engine.transport;

import io.flashcall.engine.sip.Limits;
import java.util.Objects;

/// Cuts a byte stream into SIP messages by their Content-Length, over any segmentation (RFC 3261 §7.5, §18.3),
/// and finds the keep-alives between them (RFC 5626 §3.5.1).
///
/// Each byte is looked at a fixed number of times however the stream is cut, and nothing is allocated after
/// construction. A stream that breaks the framing cannot be read on: after the first verdict other than OK
/// nothing more is handed out. Lines end in CRLF or in a bare LF, as `ResponseView` reads them. Not
/// thread-safe.
public final class StreamFramer {

    /// Bytes of the longest message, from its start line to the end of its body.
    public static final int MESSAGE_BYTES = 65_535;

    /// Takes what was found. All calls come from within [#feed].
    public interface Sink {

        /// One message, from index 0 to `length`. The bytes are the framer's own and overwritten after the
        /// call returns.
        void onMessage(byte[] bytes, int length);

        /// CRLFCRLF between messages: the peer asks whether we live, a CRLF is due.
        void onPing();

        /// The CRLF that [#expectPong] announced.
        void onPong();
    }

    /// Whether the stream can be read on, and if not, why.
    public enum Verdict {
        OK,
        /// The first line is neither a request line nor a status line, or holds control characters.
        NOT_SIP,
        /// The first line is longer than [Limits#LINE_BYTES].
        START_LINE_TOO_LONG,
        /// The header section is longer than [Limits#HEADER_BYTES].
        HEADERS_TOO_LONG,
        /// Nothing tells where the message ends.
        NO_CONTENT_LENGTH,
        /// A Content-Length that is not a number, or two that differ.
        BAD_CONTENT_LENGTH,
        /// Longer than [#MESSAGE_BYTES].
        MESSAGE_TOO_LONG
    }

    private enum Part {
        BETWEEN,
        START_LINE,
        HEADERS,
        BODY
    }

    private final Sink sink;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private Part part = Part.BETWEEN;
    private Verdict verdict = Verdict.OK;
    private boolean abandoned;

    private int size;
    private int lineStart;
    private int headerStart;
    private int total;

    private boolean afterCr;
    private boolean pongExpected;
    private boolean halfPing;

    public StreamFramer(Sink sink) {
        this.sink = sink;
    }

    /// Takes the next bytes of the stream and hands out what is complete with them.
    public Verdict feed(byte[] in, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, in.length);
        int at = offset;
        int end = offset + length;
        while (at < end && verdict == Verdict.OK && !abandoned) {
            at = switch (part) {
                case BETWEEN -> takeLineEnds(in, at, end);
                case START_LINE -> takeStartLine(in, at, end);
                case HEADERS -> takeHeaders(in, at, end);
                case BODY -> takeBody(in, at, end);
            };
        }
        return verdict;
    }

    /// A ping was sent: the next single CRLF is its pong. Without this, it is taken for half a ping of the
    /// peer.
    public void expectPong() {
        pongExpected = true;
    }

    /// Hands out nothing more, not even of the bytes that [#feed] is reading now.
    public void abandon() {
        abandoned = true;
    }

    /// Bytes of a message that is not complete.
    public int pendingBytes() {
        return size;
    }

    private int takeLineEnds(byte[] in, int from, int end) {
        int at = from;
        int crlfs = 0;
        while (at < end && (in[at] == '\r' || in[at] == '\n')) {
            if (in[at] == '\n' && afterCr) {
                crlfs++;
            }
            afterCr = in[at] == '\r';
            at++;
        }
        keepAlives(crlfs);
        if (at < end) {
            afterCr = false;
            halfPing = false;
            part = Part.START_LINE;
        }
        return at;
    }

    private void keepAlives(int crlfs) {
        for (int i = 0; i < crlfs / 2; i++) {
            sink.onPing();
        }
        if (crlfs % 2 == 1) {
            if (pongExpected) {
                pongExpected = false;
                sink.onPong();
            } else if (halfPing) {
                halfPing = false;
                sink.onPing();
            } else {
                halfPing = true;
            }
        }
    }

    private int takeStartLine(byte[] in, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = in[at++];
            message[size++] = b;
            if (b == '\n') {
                if (!StreamHead.isSip(message, size - 1)) {
                    verdict = Verdict.NOT_SIP;
                }
                headerStart = size;
                lineStart = size;
                part = Part.HEADERS;
                return at;
            }
            if (b >= 0 && b < ' ' && b != '\r' && b != '\t') {
                verdict = Verdict.NOT_SIP;
                return at;
            }
            if (size == Limits.LINE_BYTES) {
                verdict = Verdict.START_LINE_TOO_LONG;
                return at;
            }
        }
        return at;
    }

    private int takeHeaders(byte[] in, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = in[at++];
            message[size++] = b;
            if (b == '\n') {
                boolean blank = size - lineStart == 1 || (size - lineStart == 2 && message[lineStart] == '\r');
                if (blank) {
                    endHeaders();
                    return at;
                }
                lineStart = size;
            }
            if (size - headerStart == Limits.HEADER_BYTES) {
                verdict = Verdict.HEADERS_TOO_LONG;
                return at;
            }
        }
        return at;
    }

    private void endHeaders() {
        int length = StreamHead.contentLength(message, headerStart, lineStart);
        if (length == StreamHead.BAD) {
            verdict = Verdict.BAD_CONTENT_LENGTH;
        } else if (length == StreamHead.NONE) {
            verdict = Verdict.NO_CONTENT_LENGTH;
        } else if (size + length > MESSAGE_BYTES) {
            verdict = Verdict.MESSAGE_TOO_LONG;
        } else if (length == 0) {
            deliver();
        } else {
            total = size + length;
            part = Part.BODY;
        }
    }

    private int takeBody(byte[] in, int from, int end) {
        int taken = Math.min(end - from, total - size);
        System.arraycopy(in, from, message, size, taken);
        size += taken;
        if (size == total) {
            deliver();
        }
        return from + taken;
    }

    private void deliver() {
        int length = size;
        size = 0;
        part = Part.BETWEEN;
        sink.onMessage(message, length);
    }
}
