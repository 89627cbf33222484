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

    private Masking() {}

    static String mask(String text) {
        var masked = NUMBER.matcher(CONTROL.matcher(text).replaceAll("?"))
                .replaceAll((MatchResult match) -> E164.mask(match.group()));
        if (masked.isEmpty()) {
            return "\"\"";
        }
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
    }
}
