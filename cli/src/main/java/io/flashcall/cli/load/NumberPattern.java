package io.flashcall.cli.load;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import java.nio.charset.StandardCharsets;

/// Numbers with places to count in: `+120255501xx` is +12025550100, …01, … for call 0, 1, … and begins anew after 99.
///
/// Immutable; [#number] is cheap, as a load asks for two numbers a call.
final class NumberPattern {

    private static final char PLACE = 'x';
    private static final int TEN = 10;

    private final String text;
    private final byte[] digits;
    private final int[] places;
    private final long count;

    private NumberPattern(String text) {
        this.text = text;
        digits = text.getBytes(StandardCharsets.US_ASCII);
        places = text.chars().filter(c -> c == PLACE).toArray();
        long numbers = 1;
        for (int i = 0, found = 0; found < places.length; i++) {
            if (digits[i] == PLACE) {
                places[found++] = i;
                numbers *= TEN;
            }
        }
        count = numbers;
    }

    /// @throws IllegalArgumentException naming the masked value and what was expected
    static NumberPattern parse(String text) {
        if (!E164.isE164(text.replace(PLACE, '0')) || !E164.isE164(text.replace(PLACE, '9'))) {
            throw new IllegalArgumentException(
                    E164.mask(text) + " (expected: + and 7 to 15 digits, E.164, such as +120255501xx, where x counts)");
        }
        return new NumberPattern(text);
    }

    /// How many numbers there are.
    long count() {
        return count;
    }

    /// The number of a call, counted from 0.
    String number(long call) {
        byte[] number = digits.clone();
        long rest = call;
        for (int i = places.length - 1; i >= 0; i--) {
            number[places[i]] = (byte) ('0' + rest % TEN);
            rest /= TEN;
        }
        return new String(number, StandardCharsets.ISO_8859_1);
    }

    /// From the lowest to the highest of these numbers; where the places do not stand at the end, some others between.
    CallerIds.Range range() {
        return new CallerIds.Range(E164.parse(text.replace(PLACE, '0')), E164.parse(text.replace(PLACE, '9')));
    }

    @Override
    public String toString() {
        return E164.mask(text);
    }
}
