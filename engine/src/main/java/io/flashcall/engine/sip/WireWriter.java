package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;

/// The pen of the encoders: writes constant runs, numbers and copied spans one after another, and remembers if they
/// did not fit. Never writes out of bounds.
final class WireWriter {

    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int HEX_DIGITS = 16;
    private static final int MOST_DIGITS = 20;

    private byte[] out = {};
    private int at;
    private boolean full;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void start(byte[] into) {
        out = into;
        at = 0;
        full = false;
    }

    /// The length of what was written, or -1 if it did not fit.
    int finish() {
        return full || at > Limits.MESSAGE_BYTES ? -1 : at;
    }

    void bytes(byte[] run) {
        if (fits(run.length)) {
            System.arraycopy(run, 0, out, at, run.length);
            at += run.length;
        }
    }

    void oneByte(char c) {
        if (fits(1)) {
            out[at++] = (byte) c;
        }
    }

    void copy(byte[] in, int from, int to) {
        if (fits(to - from)) {
            System.arraycopy(in, from, out, at, to - from);
            at += to - from;
        }
    }

    /// Copies a header value without the line ends of its folds; the white space after each stays.
    void copyUnfolded(byte[] in, int from, int to) {
        if (fits(to - from)) {
            for (int i = from; i < to; i++) {
                if (in[i] != '\r' && in[i] != '\n') {
                    out[at++] = in[i];
                }
            }
        }
    }

    /// Always 16 digits.
    void hex(long value) {
        if (fits(HEX_DIGITS)) {
            for (int shift = 60; shift >= 0; shift -= 4) {
                out[at++] = HEX[(int) (value >>> shift) & 0xf];
            }
        }
    }

    /// @param value 0 or more
    void decimal(long value) {
        if (fits(MOST_DIGITS)) {
            int digits = 1;
            for (long rest = value; rest >= 10; rest /= 10) {
                digits++;
            }
            long rest = value;
            for (int i = at + digits - 1; i >= at; i--) {
                out[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            at += digits;
        }
    }

    /// An address without its port: IPv4 dotted, IPv6 in eight groups without brackets.
    void address(HostPort address) {
        if (address.isV4()) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                decimal(address.lo >>> shift & 0xff);
                if (shift > 0) {
                    oneByte('.');
                }
            }
            return;
        }
        for (int group = 0; group < 8; group++) {
            long half = group < 4 ? address.hi : address.lo;
            if (group > 0) {
                oneByte(':');
            }
            hexGroup((int) (half >>> (48 - 16 * (group & 3))) & 0xffff);
        }
    }

    /// 1 to 4 hex digits.
    private void hexGroup(int value) {
        int shift = value > 0xfff ? 12 : value > 0xff ? 8 : value > 0xf ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            oneByte((char) HEX[value >>> shift & 0xf]);
        }
    }

    void number(long packed, NumberFormat format) {
        if (fits(format.maxLength())) {
            at = format.write(packed, out, at);
        }
    }

    private boolean fits(int length) {
        full |= length > out.length - at;
        return !full;
    }
}
