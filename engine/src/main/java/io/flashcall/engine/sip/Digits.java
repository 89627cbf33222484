package io.flashcall.engine.sip;

/// The digits of an E.164 number, 1..15 of them, packed in a long: no `String` on the hot path.
///
/// The upper bits hold how many there are, the lower 50 their value, so leading zeros survive. 0 is no number.
public final class Digits {

    /// E.164 §6.2.1.
    public static final int MAX = 15;

    private static final int VALUE_BITS = 50;
    private static final long VALUE = (1L << VALUE_BITS) - 1;

    private Digits() {}

    /// Packs digits.
    ///
    /// @param digits 1..15 characters `0`..`9`, nothing else
    /// @throws IllegalArgumentException if it is anything else; the message masks the digits
    public static long pack(CharSequence digits) {
        int length = digits.length();
        boolean good = length >= 1 && length <= MAX;
        long value = 0;
        for (int i = 0; good && i < length; i++) {
            int digit = digits.charAt(i) - '0';
            good = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!good) {
            throw WireText.rejected("number", digits, "1 to 15 digits");
        }
        return (long) length << VALUE_BITS | value;
    }

    /// How many digits there are, 1..15.
    public static int length(long packed) {
        return (int) (packed >>> VALUE_BITS);
    }

    /// Writes the digits at `at`.
    ///
    /// @return the index after the last of them
    public static int write(long packed, byte[] out, int at) {
        return writeLast(packed, length(packed), out, at);
    }

    /// Writes the last `count` digits at `at`; returns the index after them.
    static int writeLast(long packed, int count, byte[] out, int at) {
        long rest = packed & VALUE;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + count;
    }

    /// Whether the number begins with these digits.
    static boolean startsWith(long packed, long prefix) {
        int more = length(packed) - length(prefix);
        long value = packed & VALUE;
        for (int i = 0; i < more; i++) {
            value /= 10;
        }
        return more >= 0 && value == (prefix & VALUE);
    }

    /// The digits as text. Allocates: for people, never for the hot path.
    public static String toText(long packed) {
        byte[] out = new byte[length(packed)];
        write(packed, out, 0);
        return new String(out, java.nio.charset.StandardCharsets.US_ASCII);
    }
}
