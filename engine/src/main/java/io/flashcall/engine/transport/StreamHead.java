package io.flashcall.engine.transport;

/// What the framing must know of a message's head: whether it is SIP's, and the Content-Length.
final class StreamHead {

    /// There is no Content-Length.
    static final int NONE = -1;

    /// It is not a number, or there are two that differ.
    static final int BAD = -2;

    private static final String CONTENT_LENGTH = "content-length";
    private static final String COMPACT = "l";

    private StreamHead() {}

    /// Whether the first line, which ends before `end`, names SIP where a request or a response does.
    static boolean isSip(byte[] message, int end) {
        int lastWord = end;
        while (lastWord > 0 && message[lastWord - 1] != ' ') {
            lastWord--;
        }
        return startsWith(message, 0, end, "sip/") || (lastWord > 0 && startsWith(message, lastWord, end, "sip/"));
    }

    /// The Content-Length among the header lines, [#NONE] or [#BAD]. What is beyond the longest message is told
    /// as just beyond.
    static int contentLength(byte[] message, int headersStart, int headersEnd) {
        int found = NONE;
        int line = headersStart;
        while (line < headersEnd) {
            int next = nextHeader(message, line, headersEnd);
            int value = valueOfContentLength(message, line, next);
            if (value > 0) {
                int length = number(message, value, next);
                if (length < 0 || (found >= 0 && length != found)) {
                    return BAD;
                }
                found = length;
            }
            line = next;
        }
        return found;
    }

    /// Start of the next line that does not continue the one before it (RFC 3261 §7.3.1).
    private static int nextHeader(byte[] message, int line, int end) {
        int at = line;
        while (at < end) {
            if (message[at++] == '\n' && (at == end || !isBlank(message[at]))) {
                return at;
            }
        }
        return end;
    }

    /// Where the value starts if this is a Content-Length, else 0. White space may stand ahead of the colon.
    private static int valueOfContentLength(byte[] message, int line, int end) {
        int at = line;
        if (startsWith(message, line, end, CONTENT_LENGTH)) {
            at += CONTENT_LENGTH.length();
        } else if (startsWith(message, line, end, COMPACT)) {
            at += COMPACT.length();
        } else {
            return 0;
        }
        while (at < end && isBlank(message[at])) {
            at++;
        }
        return at < end && message[at] == ':' ? at + 1 : 0;
    }

    /// The number between white space, or [#BAD].
    private static int number(byte[] message, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isWhite(message[start])) {
            start++;
        }
        while (end > start && isWhite(message[end - 1])) {
            end--;
        }
        int value = start == end ? BAD : 0;
        for (int i = start; i < end; i++) {
            if (message[i] < '0' || message[i] > '9') {
                return BAD;
            }
            value = Math.min(value * 10 + message[i] - '0', StreamFramer.MESSAGE_BYTES + 1);
        }
        return value;
    }

    private static boolean startsWith(byte[] message, int from, int end, String lowerCase) {
        if (end - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int b = message[from + i];
            int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (lower != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isWhite(byte b) {
        return isBlank(b) || b == '\r' || b == '\n';
    }
}
