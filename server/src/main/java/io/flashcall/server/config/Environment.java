package io.flashcall.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a file stands in: replaces `${NAME}` in a value by that environment variable, and knows where the file is. What
/// comes out of a variable is never printed: messages show the value as it was written.
///
/// @param variables by name
/// @param replaces  whether it replaces anything at all
/// @param directory that the files it names are relative to
record Environment(Map<String, String> variables, boolean replaces, Path directory) {

    private static final Path HERE = Path.of("");

    /// Leaves every value as it is: for text that comes over the network, whose sender must not read our environment.
    static final Environment NONE = new Environment(Map.of(), false, HERE);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}?");
    private static final Pattern COMPLETE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    Environment(Map<String, String> variables) {
        this(variables, HERE);
    }

    Environment(Map<String, String> variables, Path directory) {
        this(variables, true, directory);
    }

    /// @throws BadValueException when a variable is not set, or a reference has no name or no end
    String replaceIn(String text) {
        if (!replaces) {
            return text;
        }
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
