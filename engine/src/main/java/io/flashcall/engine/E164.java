package io.flashcall.engine;

/// A telephone number in international form (ITU-T E.164): 7 to 15 digits, no leading zero.
///
/// A caller id is a secret until its session ends, since its last digits are the code: [#toString] masks the digits,
/// and only [#digits] tells them.
///
/// @param digits the digits alone, without `+`
public record E164(String digits) {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final int SHOWN_AHEAD = 4;

    public E164 {
        if (!isValid(digits)) {
            throw new IllegalArgumentException(
                    "number: " + mask(digits) + " (expected: E.164, 7 to 15 digits that do not begin with 0)");
        }
    }

    /// Reads `+442079460123`.
    ///
    /// @throws IllegalArgumentException naming the masked value and what was expected
    public static E164 parse(String text) {
        if (!text.startsWith("+")) {
            throw new IllegalArgumentException("number: " + mask(text) + " (expected: + and 7 to 15 digits, E.164)");
        }
        return new E164(text.substring(1));
    }

    /// Whether `text` would [#parse].
    public static boolean isE164(String text) {
        return text.startsWith("+") && isValid(text.substring(1));
    }

    /// Replaces all digits but the first four with `*`, in whatever text may hold a number.
    public static String mask(String text) {
        var masked = new StringBuilder(text.length());
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean hide = Character.isDigit(c) && ++digits > SHOWN_AHEAD;
            masked.append(hide ? '*' : c < ' ' ? '?' : c);
        }
        return masked.toString();
    }

    private static boolean isValid(String digits) {
        if (digits.length() < SHORTEST || digits.length() > LONGEST || digits.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "+" + mask(digits);
    }
}
