package io.flashcall.verification.number;

/// Decimal digits of numbers that are held as values, without making text of them.
final class Digits {

    /// Powers of ten up to 10^18.
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Digits() {}

    static long power(int exponent) {
        return POWERS[exponent];
    }

    /// How many digits a positive value has.
    static int length(long value) {
        int length = 1;
        while (value >= POWERS[length]) {
            length++;
        }
        return length;
    }

    /// The value of its last digits.
    static int suffix(long value, int digits) {
        return (int) (value % POWERS[digits]);
    }

    /// The value of its first digits; 0 for none of them.
    static long prefix(long value, int digits) {
        return value / POWERS[length(value) - digits];
    }
}
