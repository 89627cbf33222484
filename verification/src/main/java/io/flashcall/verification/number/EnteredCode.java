package io.flashcall.verification.number;

import io.flashcall.engine.E164;
import java.util.Optional;

/// What somebody typed, or a telephone reported, as the code of a flash call: its last digits, or the whole number that
/// called. A secret: does not print what it holds.
public sealed interface EnteredCode {

    /// Digits of the longest number in the form that is dialled to reach it from abroad: 00 or 011, and 15 more.
    int LONGEST = 18;

    /// The last digits.
    record LastDigits(String code) implements EnteredCode {

        @Override
        public String toString() {
            return "LastDigits[hidden]";
        }
    }

    /// A whole number.
    ///
    /// @param number its digits, after a `+` where one was typed; [WholeNumber#is] tells whose they are
    /// @param code   the last of them
    record WholeNumber(String number, String code) implements EnteredCode {

        /// Whether this is how the caller id may be written, abroad or in its own country.
        public boolean is(E164 callerId) {
            return WrittenForms.of(callerId).contain(number);
        }

        @Override
        public String toString() {
            return "WholeNumber[hidden]";
        }
    }

    /// @param expected a sentence that says what would be read
    record Unreadable(String expected) implements EnteredCode {}

    /// Takes spaces, dashes, dots, slashes, brackets and invisible marks out, and turns the digits of any script into
    /// ours.
    ///
    /// @param codeLength digits of the code
    static EnteredCode read(String text, int codeLength) {
        var digits = plain(text).orElse("");
        int count = digits.startsWith("+") ? digits.length() - 1 : digits.length();
        if (count < codeLength || count > LONGEST) {
            return new Unreadable(
                    "Enter the last " + codeLength + " digits of the number that called, or the whole number.");
        }
        var code = digits.substring(digits.length() - codeLength);
        return count == codeLength ? new LastDigits(code) : new WholeNumber(digits, code);
    }

    /// @return empty when there is something in it that no number has
    private static Optional<String> plain(String text) {
        var plain = new StringBuilder();
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
            } else if ((c == '+' || c == '＋') && plain.isEmpty()) {
                plain.append('+');
            } else if (!isFormatting(c)) {
                return Optional.empty();
            }
        }
        return Optional.of(plain.toString());
    }

    private static boolean isFormatting(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> true;
            default -> "()[]./\t\r\n\u2212\uFF0E\uFF08\uFF09".indexOf(c) >= 0;
        };
    }
}
