package io.flashcall.engine.sip;

import java.util.Arrays;

/// Our own way of writing two numbers as a token: 16 hex digits each, in branches and From tags; letters of either case
/// (tokens compare so, RFC 3261 §7.3.1). Reads a token once, when it is first asked about.
final class OurToken {

    private static final int DIGITS = 16;
    private static final byte[] VALUES = values();

    private final String prefix;
    private boolean read;
    private boolean ours;
    private long first;
    private long second;

    /// @param prefix what stands ahead of the digits, in lower case; may be empty
    OurToken(String prefix) {
        this.prefix = prefix;
    }

    /// There is another message.
    void forget() {
        read = false;
    }

    /// Whether the token is of our form.
    boolean isOurs(byte[] in, Span token) {
        if (!read) {
            read(in, token);
        }
        return ours;
    }

    /// 0 if it is not of our form.
    long first(byte[] in, Span token) {
        return isOurs(in, token) ? first : 0;
    }

    /// 0 if it is not of our form.
    long second(byte[] in, Span token) {
        return isOurs(in, token) ? second : 0;
    }

    private void read(byte[] in, Span token) {
        read = true;
        ours = token.length == prefix.length() + 2 * DIGITS
                && Ascii.startsWith(in, token.offset, token.end(), prefix)
                && readDigits(in, token.offset + prefix.length());
    }

    /// Any byte that is no digit leaves its sign in `seen`.
    private boolean readDigits(byte[] in, int from) {
        int seen = 0;
        long high = 0;
        long low = 0;
        for (int i = 0; i < DIGITS; i++) {
            int a = VALUES[in[from + i] & 0xff];
            int b = VALUES[in[from + DIGITS + i] & 0xff];
            seen |= a | b;
            high = high << 4 | (a & 0xf);
            low = low << 4 | (b & 0xf);
        }
        first = high;
        second = low;
        return seen >= 0;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS; i++) {
            values[Character.forDigit(i, DIGITS)] = (byte) i;
            values[Character.toUpperCase(Character.forDigit(i, DIGITS))] = (byte) i;
        }
        return values;
    }
}
