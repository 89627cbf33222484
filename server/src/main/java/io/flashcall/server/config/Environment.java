package io.flashcall.server.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${NAME}` in a value by that environment variable. What comes out is never printed: messages show the value
/// as it was written.
///
/// @param variables by name
record Environment(Map<String, String> variables) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}?");
    private static final Pattern COMPLETE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    /// @throws BadValueException when a variable is not set, or a reference has no name or no end
    String replaceIn(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            if (!COMPLETE.matcher(match.group()).matches()) {
                throw new BadValueException(text, "${NAME}, the name of an environment variable");
            }
            var value = variables.get(match.group(1));
            if (value == null) {
                throw new BadValueException("missing: environment variable " + match.group(1), "set");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
