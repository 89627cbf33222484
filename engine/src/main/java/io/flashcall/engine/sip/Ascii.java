package io.flashcall.engine.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Characters of RFC 3261 §25.1 and comparisons over bytes, by index, without objects.
final class Ascii {

    private static final boolean[] TOKEN = new boolean[256];

    /// Eight bytes of an array as one number, the first of them lowest.
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    static {
        for (int c = 0; c < 128; c++) {
            TOKEN[c] = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || "-.!%*_+`'~".indexOf(c) >= 0;
        }
    }

    private Ascii() {}

    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /// Linear white space within a header value. CR and LF stand in one only where the line is folded.
    static boolean isLws(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static boolean isControl(byte b) {
        return (b >= 0 && b < ' ') || b == 0x7f;
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    /// Eight letters or dashes in lower case as one number; other bytes may look like them, but no token does.
    static long lowerEight(byte[] in, int at) {
        return (long) EIGHT.get(in, at) | 0x20 * ONES;
    }

    /// The same of fewer: 1 to 7.
    static long lowerUpToEight(byte[] in, int at, int length) {
        if (at + Long.BYTES <= in.length) {
            return lowerEight(in, at) & ((1L << (length * Byte.SIZE)) - 1);
        }
        long letters = 0;
        for (int i = length - 1; i >= 0; i--) {
            letters = (letters << Byte.SIZE) | ((in[at + i] & 0xff) | 0x20);
        }
        return letters;
    }

    /// What those two make of a text in lower case.
    static long upToEight(String lowerCase) {
        long letters = 0;
        for (int i = lowerCase.length() - 1; i >= 0; i--) {
            letters = (letters << Byte.SIZE) | lowerCase.charAt(i);
        }
        return letters;
    }

    /// Whether there is neither a control character nor a space: nothing but what is seen.
    static boolean isVisible(byte[] in, int from, int to) {
        return skipNotBelow(in, from, to, ' ' + 1) == to && find(in, from, to, (char) 0x7f) == to;
    }

    /// Index of the first white space, else `end`.
    static int findLws(byte[] in, int from, int end) {
        int at = skipNotBelow(in, from, end, ' ' + 1);
        while (at < end && !isLws(in[at])) {
            at = skipNotBelow(in, at + 1, end, ' ' + 1);
        }
        return at;
    }

    static int skipLws(byte[] in, int at, int end) {
        while (at < end && isLws(in[at])) {
            at++;
        }
        return at;
    }

    static int skipToken(byte[] in, int at, int end) {
        while (at < end && isToken(in[at])) {
            at++;
        }
        return at;
    }

    /// Index after the last byte that is not white space.
    static int trimEnd(byte[] in, int from, int end) {
        while (end > from && isLws(in[end - 1])) {
            end--;
        }
        return end;
    }

    /// Index after the quoted string that opens at `at`, or -1 if it never closes. A backslash escapes any byte.
    static int skipQuoted(byte[] in, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            if (in[i] == '\\') {
                i++;
            } else if (in[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /// Index of the first byte below `limit` (1 to 128), else `end`: eight bytes at a time.
    static int skipNotBelow(byte[] in, int from, int end, int limit) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = (long) EIGHT.get(in, at);
            long below = (eight - limit * ONES) & ~eight & SIGNS;
            if (below != 0) {
                return at + (Long.numberOfTrailingZeros(below) >>> 3);
            }
        }
        while (at < end && (in[at] & 0xff) >= limit) {
            at++;
        }
        return at;
    }

    /// Index of the first such byte, else `end`.
    static int find(byte[] in, int from, int end, char wanted) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long differing = (long) EIGHT.get(in, at) ^ (wanted * ONES);
            long equal = (differing - ONES) & ~differing & SIGNS;
            if (equal != 0) {
                return at + (Long.numberOfTrailingZeros(equal) >>> 3);
            }
        }
        while (at < end && in[at] != wanted) {
            at++;
        }
        return at;
    }

    /// Index of the first comma that is not within a quoted string or angle brackets, else `end`.
    static int findComma(byte[] in, int from, int end) {
        if (find(in, from, end, ',') == end) {
            return end;
        }
        int at = from;
        while (at < end && in[at] != ',') {
            if (in[at] == '"') {
                at = skipQuoted(in, at, end);
            } else if (in[at] == '<') {
                at = skipBracketed(in, at, end);
            } else {
                at++;
            }
            if (at < 0) {
                return end;
            }
        }
        return at;
    }

    /// Index after the `>`, or -1 if there is none. Quotes mean nothing within the brackets: no URI holds one.
    private static int skipBracketed(byte[] in, int at, int end) {
        int i = at + 1;
        while (i < end && in[i] != '>') {
            i++;
        }
        return i < end ? i + 1 : -1;
    }

    /// Whether the bytes spell exactly `text`.
    static boolean same(byte[] in, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (in[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the bytes spell `lowerCase` in letters of either case.
    static boolean sameIgnoringCase(byte[] in, int from, int to, String lowerCase) {
        return to - from == lowerCase.length() && startsWith(in, from, to, lowerCase);
    }

    /// Whether the bytes begin with `lowerCase` in letters of either case.
    static boolean startsWith(byte[] in, int from, int to, String lowerCase) {
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(in[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The decimal number that fills the bytes, at most `max`; -1 if there is none or anything else stands there.
    /// Leading zeros do not count.
    static long number(byte[] in, int from, int to, long max) {
        if (from >= to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(in[i])) {
                return -1;
            }
            value = value * 10 + in[i] - '0';
            if (value > max) {
                return -1;
            }
        }
        return value;
    }

    static int skipDigits(byte[] in, int at, int end) {
        while (at < end && isDigit(in[at])) {
            at++;
        }
        return at;
    }

    /// 0..15, or -1.
    static int hexDigit(byte b) {
        if (isDigit(b)) {
            return b - '0';
        }
        int c = lower(b);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
