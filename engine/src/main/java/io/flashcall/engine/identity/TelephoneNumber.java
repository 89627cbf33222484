package io.flashcall.engine.identity;

import java.util.regex.Pattern;

/// Numbers in the form in which they are signed (RFC 8224 §8.3): digits, `#` and `*`, without `+` and
/// separators.
final class TelephoneNumber {

    private static final Pattern SEPARATORS = Pattern.compile("[-.() ]");
    private static final Pattern CANONICAL = Pattern.compile("[0-9#*]{1,32}");

    private TelephoneNumber() {}

    /// The number as it would be signed. What is not a number stays what it is, and equals none.
    ///
    /// @param text user part of a SIP URI or body of a `tel` URI, parameters cut off at their `;`
    static String canonical(String text) {
        int parameters = text.indexOf(';');
        String number = parameters < 0 ? text : text.substring(0, parameters);
        number = SEPARATORS.matcher(number).replaceAll("");
        return number.startsWith("+") ? number.substring(1) : number;
    }

    static boolean isCanonical(String text) {
        return CANONICAL.matcher(text).matches();
    }
}
