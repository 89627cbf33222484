package io.flashcall.engine.sip;

import io.flashcall.engine.sip.ResponseView.Verdict;

/// Where the header fields that the engine reads stand in a message: one pass over the header section writes down
/// (header, start, end) of each, in their order, and stops at the blank line.
///
/// Lines end in CRLF or in a bare LF; a line that starts with a space or a tab continues the one before it (RFC 3261
/// §7.3.1). A line that is no header field at all, or holds a NUL or a stray CR, is not written down: `sawGarbage`
/// tells.
final class HeaderIndex {

    private static final int NONE = -1;

    private final Header[] kinds = new Header[Limits.HEADER_LINES];
    private final int[] starts = new int[Limits.HEADER_LINES];
    private final int[] ends = new int[Limits.HEADER_LINES];
    private int count;

    /// Of headers by their ordinal: which are there, which more than once, and the first entry of each.
    private int there;
    private int repeated;
    private final int[] firsts = new int[Header.COUNT];
    private int bodyStart;
    private boolean sawGarbage;
    private boolean lineIsClean;

    void clear() {
        count = 0;
        there = 0;
        repeated = 0;
        bodyStart = 0;
        sawGarbage = false;
    }

    /// Reads the header lines from `from` on. Whatever the verdict, the lines before the fault are indexed.
    Verdict read(byte[] in, int from, int end) {
        clear();
        bodyStart = end;
        int limit = Math.min(end, from + Limits.HEADER_BYTES);
        int line = from;
        for (int lines = 0; line < limit; lines++) {
            int afterBlank = afterBlankLine(in, line, limit);
            if (afterBlank > 0) {
                bodyStart = afterBlank;
                return Verdict.OK;
            }
            if (lines == Limits.HEADER_LINES) {
                return Verdict.TOO_MANY_HEADERS;
            }
            int next = nextLine(in, line, limit);
            if (next < 0) {
                break;
            }
            if (next - line > Limits.LINE_BYTES) {
                return Verdict.LINE_TOO_LONG;
            }
            if (!lineIsClean || !record(in, line, next)) {
                sawGarbage = true;
            }
            line = next;
        }
        return limit < end ? Verdict.HEADERS_TOO_LONG : Verdict.NO_END_OF_HEADERS;
    }

    /// Index after the blank line that ends the header section, or 0 if `line` is not blank.
    private static int afterBlankLine(byte[] in, int line, int end) {
        if (in[line] == '\n') {
            return line + 1;
        }
        return in[line] == '\r' && line + 1 < end && in[line + 1] == '\n' ? line + 2 : 0;
    }

    /// Start of the next line that is not a continuation, or -1 if this one has no end.
    private int nextLine(byte[] in, int line, int end) {
        lineIsClean = true;
        for (int i = Ascii.skipNotBelow(in, line, end, '\r' + 1); i < end; i = next(in, i, end)) {
            byte b = in[i];
            if (b == '\n') {
                if (i + 1 == end || !Ascii.isBlank(in[i + 1])) {
                    return i + 1;
                }
            } else if (b == 0 || (b == '\r' && (i + 1 == end || in[i + 1] != '\n'))) {
                lineIsClean = false;
            }
        }
        return -1;
    }

    private static int next(byte[] in, int at, int end) {
        return Ascii.skipNotBelow(in, at + 1, end, '\r' + 1);
    }

    /// Writes the line down if it is one we read.
    ///
    /// @return whether it is a header field: a token, white space or none, a colon (RFC 3261 §25.1, HCOLON)
    private boolean record(byte[] in, int line, int next) {
        int colon = Ascii.find(in, line, next, ':');
        if (colon == next) {
            return false;
        }
        Header header = Header.of(in, line, colon);
        if (header == Header.OTHER) {
            int nameEnd = Ascii.skipToken(in, line, colon);
            if (nameEnd == line || !isBlank(in, nameEnd, colon)) {
                return false;
            }
            header = Header.of(in, line, nameEnd);
        }
        if (header != Header.OTHER) {
            add(header, Ascii.skipLws(in, colon + 1, next), in, next);
        }
        return true;
    }

    private static boolean isBlank(byte[] in, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Ascii.isBlank(in[at])) {
                return false;
            }
        }
        return true;
    }

    private void add(Header header, int start, byte[] in, int next) {
        int bit = 1 << header.ordinal();
        if ((there & bit) == 0) {
            firsts[header.ordinal()] = count;
        } else {
            repeated |= bit;
        }
        there |= bit;
        kinds[count] = header;
        starts[count] = start;
        ends[count] = Ascii.trimEnd(in, start, next);
        count++;
    }

    /// Index of the first byte after the blank line.
    int bodyStart() {
        return bodyStart;
    }

    boolean sawGarbage() {
        return sawGarbage;
    }

    boolean has(Header header) {
        return (there & (1 << header.ordinal())) != 0;
    }

    boolean isRepeated(Header header) {
        return (repeated & (1 << header.ordinal())) != 0;
    }

    /// Entry of the first such header, or -1.
    int first(Header header) {
        return has(header) ? firsts[header.ordinal()] : NONE;
    }

    /// Entry of the next such header after `entry`, or -1.
    int next(Header header, int entry) {
        for (int i = entry + 1; i < count; i++) {
            if (kinds[i] == header) {
                return i;
            }
        }
        return NONE;
    }

    /// Where the value of an entry starts; white space around a value does not belong to it.
    int start(int entry) {
        return starts[entry];
    }

    int end(int entry) {
        return ends[entry];
    }
}
