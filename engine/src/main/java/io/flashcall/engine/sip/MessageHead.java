package io.flashcall.engine.sip;

import io.flashcall.engine.sip.ResponseView.Verdict;
import java.util.Objects;

/// What requests and responses have in common: the frame (start line, headers, body) and the five fields that
/// every message carries (RFC 3261 §8.1.1): Via, From, To, Call-ID, CSeq.
///
/// Reusable: `frame`, then whatever the start line's reader makes of it, then `readHeaders`.
final class MessageHead {

    private static final byte[] NOTHING = {};
    private static final int ZEROS_OF_A_KEEP_ALIVE = 4;

    final HeaderIndex headers = new HeaderIndex();
    final Via via = new Via();
    final Span fromTag = new Span();
    final Span toTag = new Span();
    final Span body = new Span();
    final Params params = new Params();
    final NameAddr nameAddr = new NameAddr();

    private byte[] in = NOTHING;
    private int end;
    private int lineStart;
    private int lineEnd;
    private int headerStart;
    private long cseq;
    private Method cseqMethod = Method.UNKNOWN;
    private int cseqMethodStart;
    private int cseqMethodEnd;
    private boolean answerable;

    /// Finds the start line behind leading line ends (RFC 3261 §7.5).
    Verdict frame(byte[] in, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, in.length);
        clear(in, offset);
        if (length > Limits.MESSAGE_BYTES) {
            return Verdict.TOO_LONG;
        }
        end = offset + length;
        lineStart = offset;
        while (lineStart < end && (in[lineStart] == '\r' || in[lineStart] == '\n')) {
            lineStart++;
        }
        if (lineStart == end || isZeros(in, offset, length)) {
            return Verdict.KEEP_ALIVE;
        }
        int limit = Math.min(end, lineStart + Limits.LINE_BYTES);
        int lf = Ascii.find(in, lineStart, limit, '\n');
        headerStart = Math.min(lf + 1, end);
        lineEnd = lf > lineStart && in[lf - 1] == '\r' ? lf - 1 : lf;
        return lf < limit ? Verdict.OK : limit < end ? Verdict.LINE_TOO_LONG : Verdict.NO_END_OF_HEADERS;
    }

    private void clear(byte[] bytes, int offset) {
        in = bytes;
        end = offset;
        lineStart = offset;
        lineEnd = offset;
        headerStart = offset;
        headers.clear();
        via.clear();
        fromTag.clear();
        toTag.clear();
        body.clear();
        cseq = -1;
        cseqMethod = Method.UNKNOWN;
        cseqMethodStart = 0;
        cseqMethodEnd = 0;
        answerable = false;
    }

    private static boolean isZeros(byte[] in, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (in[i] != 0) {
                return false;
            }
        }
        return length <= ZEROS_OF_A_KEEP_ALIVE;
    }

    /// Reads the header section. A fault further down does not keep the five fields from being read, as far as
    /// they are there: a request must be answerable to be told what is wrong with it.
    ///
    /// @param strict whether malformed parameters and lines that are no header fields count as faults
    Verdict readHeaders(boolean strict) {
        Verdict lines = headers.read(in, headerStart, end);
        Verdict fields = readFields(strict);
        if (lines != Verdict.OK) {
            return lines;
        }
        if (fields != Verdict.OK) {
            return fields;
        }
        return strict && headers.sawGarbage() ? Verdict.BAD_HEADER : readBody();
    }

    private Verdict readFields(boolean strict) {
        boolean complete = headers.has(Header.VIA)
                && headers.has(Header.FROM)
                && headers.has(Header.TO)
                && headers.has(Header.CALL_ID)
                && headers.has(Header.CSEQ);
        if (!complete) {
            return Verdict.MISSING_HEADER;
        }
        boolean viaIsGood = via.read(in, start(Header.VIA), end(Header.VIA));
        boolean fromIsGood = readTag(Header.FROM, fromTag, strict);
        boolean toIsGood = readTag(Header.TO, toTag, strict);
        boolean callIdIsGood = isCallId(start(Header.CALL_ID), end(Header.CALL_ID));
        boolean cseqIsGood = readCseq();
        answerable = viaIsGood && callIdIsGood && cseqMethodEnd > cseqMethodStart;
        boolean ambiguous = headers.isRepeated(Header.FROM)
                || headers.isRepeated(Header.TO)
                || headers.isRepeated(Header.CALL_ID)
                || headers.isRepeated(Header.CSEQ);
        if (ambiguous) {
            return Verdict.DUPLICATE_HEADER;
        }
        if (!viaIsGood || (strict && !via.wellFormed())) {
            return Verdict.BAD_VIA;
        }
        if (!fromIsGood || !toIsGood) {
            return fromIsGood ? Verdict.BAD_TO : Verdict.BAD_FROM;
        }
        if (!callIdIsGood) {
            return Verdict.BAD_CALL_ID;
        }
        return cseqIsGood ? Verdict.OK : Verdict.BAD_CSEQ;
    }

    /// Finds the `tag` among the header's parameters: not among the URI's, not in a display name.
    private boolean readTag(Header header, Span tag, boolean strict) {
        if (!nameAddr.read(in, start(header), end(header)) || nameAddr.end() != end(header)) {
            return false;
        }
        params.wrap(in, nameAddr.paramsStart(), nameAddr.end());
        while (params.next()) {
            if (tag.isEmpty() && params.is("tag")) {
                tag.set(params.valueStart(), params.valueEnd());
            }
        }
        return !strict || !params.malformed();
    }

    private boolean isCallId(int from, int to) {
        return from < to && Ascii.isVisible(in, from, to);
    }

    /// `number LWS method`; the number is less than 2^31.
    private boolean readCseq() {
        int from = start(Header.CSEQ);
        int to = end(Header.CSEQ);
        int afterNumber = Ascii.skipDigits(in, from, to);
        long number = Ascii.number(in, from, afterNumber, Limits.CSEQ - 1);
        int method = Ascii.skipLws(in, afterNumber, to);
        if (method == afterNumber || method == to || Ascii.skipToken(in, method, to) != to) {
            return false;
        }
        cseqMethodStart = method;
        cseqMethodEnd = to;
        cseqMethod = Method.of(in, method, to);
        cseq = number;
        return number >= 0;
    }

    /// RFC 3261 §18.3: a datagram may hold more than the Content-Length (ignored), not less; without one the
    /// body is what is left.
    private Verdict readBody() {
        int left = end - headers.bodyStart();
        long length = -1;
        for (int i = headers.first(Header.CONTENT_LENGTH); i >= 0; i = headers.next(Header.CONTENT_LENGTH, i)) {
            long value = Ascii.number(in, headers.start(i), headers.end(i), Integer.MAX_VALUE);
            if (value < 0 || (length >= 0 && value != length)) {
                return Verdict.BAD_CONTENT_LENGTH;
            }
            length = value;
        }
        if (length > left) {
            return Verdict.BODY_TRUNCATED;
        }
        body.set(headers.bodyStart(), headers.bodyStart() + (length < 0 ? left : (int) length));
        return Verdict.OK;
    }

    byte[] bytes() {
        return in;
    }

    /// Index after the last byte of the datagram.
    int messageEnd() {
        return end;
    }

    /// Index of the start line's first byte.
    int lineStart() {
        return lineStart;
    }

    /// Index after the start line's last byte, its line end left out.
    int lineEnd() {
        return lineEnd;
    }

    /// -1 if there is none.
    long cseq() {
        return cseq;
    }

    Method cseqMethod() {
        return cseqMethod;
    }

    int cseqMethodStart() {
        return cseqMethodStart;
    }

    int cseqMethodEnd() {
        return cseqMethodEnd;
    }

    /// Whether Via, From, To, Call-ID and CSeq are there, with a Via that tells where to and a CSeq that tells
    /// what of.
    boolean answerable() {
        return answerable;
    }

    /// Start of the value of the first such header, 0 if there is none.
    int start(Header header) {
        int entry = headers.first(header);
        return entry < 0 ? 0 : headers.start(entry);
    }

    int end(Header header) {
        int entry = headers.first(header);
        return entry < 0 ? 0 : headers.end(entry);
    }

    /// A hash of a tag: never 0 where there is one, 0 where there is none.
    long hashOf(Span tag) {
        return tag.isEmpty() ? 0 : Hash.finish(Hash.add(Hash.SEED, bytes(), tag.offset, tag.end()));
    }

    /// Whether there is a body of type `application/sdp`.
    boolean hasSdp() {
        return !body.isEmpty() && MediaType.isSdp(bytes(), start(Header.CONTENT_TYPE), end(Header.CONTENT_TYPE));
    }
}
