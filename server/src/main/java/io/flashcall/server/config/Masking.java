package io.flashcall.server.config;

import io.flashcall.engine.E164;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Makes text from a file fit to print: no telephone number in the clear wherever somebody may have put it, no control
/// characters, no endless line.
final class Masking {

    /// Whatever begins with `+`, and eight digits or more, also when grouped. IP addresses and ports stay readable.
    private static final Pattern NUMBER =
            Pattern.compile("\\+\\s?\\p{Nd}[\\p{Nd} .()/-]*|\\p{Nd}(?:[ ()-]*\\p{Nd}){7,}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST = 120;
    private static final int LOOKED_AT = 4 * LONGEST;

    private Masking() {}

    static String mask(String text) {
        // What is not shown need not be looked at, and a pattern that repeats a group ends in a stack overflow
        // somewhere.
        var start = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
        var masked = NUMBER.matcher(CONTROL.matcher(start).replaceAll("?"))
                .replaceAll((MatchResult match) -> E164.mask(match.group()));
        if (masked.isEmpty()) {
            return "\"\"";
        }
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
    }
}
