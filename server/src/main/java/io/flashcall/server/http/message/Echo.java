package io.flashcall.server.http.message;

import io.flashcall.engine.E164;
import java.util.regex.Pattern;

/// Makes what a client sent fit to be said back: short, printable, and without digits that may be a number or a code.
final class Echo {

    private static final int LONGEST = 60;
    private static final Pattern DIGITS =
            Pattern.compile("(?<!\\d)\\d{4}-\\d\\d-\\d\\d(?!\\d)|\\d{4,}|\\+\\d[\\d ().-]*");
    private static final Pattern CREDENTIAL = Pattern.compile("(fc_(?:pub|srv|adm)_|fcs_|whsec_)[\\w+/=-]*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Echo() {}

    static String of(String text) {
        var printable = UNPRINTABLE.matcher(text).replaceAll("?");
        var bare = CREDENTIAL.matcher(printable).replaceAll("$1…");
        var masked = DIGITS.matcher(bare).replaceAll(match -> {
            var digits = match.group();
            if (digits.matches("\\d{4}-\\d\\d-\\d\\d")) {
                // A day.
                return digits;
            }
            return digits.startsWith("+") ? E164.mask(digits) : "*".repeat(digits.length());
        });
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…";
    }
}
