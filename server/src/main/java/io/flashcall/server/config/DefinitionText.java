package io.flashcall.server.config;

import java.util.Optional;
import java.util.function.Function;

/// Reads one definition that is a text of its own. `${NAME}` in it stands for nothing else: its sender must not read
/// our environment.
final class DefinitionText {

    private DefinitionText() {}

    /// @param what begins a message, such as `app`
    /// @throws ConfigFileException naming every problem
    static <T> T read(String what, String text, Function<Section, Optional<T>> reader) {
        var report = new Report(what);
        var tree = isJson(text) ? YamlTree.parseJson(text, report) : YamlTree.parse(text, report);
        return tree.flatMap(root -> Section.readRoot(root, Environment.NONE, report, reader))
                .filter(_ -> report.isEmpty())
                .orElseThrow(report::exception);
    }

    /// YAML in braces seldom has quotes around its first key.
    private static boolean isJson(String text) {
        int brace = skipSpace(text, 0);
        if (brace == text.length()) {
            return true;
        }
        int key = skipSpace(text, brace + 1);
        return text.charAt(brace) == '{'
                && (key == text.length() || text.charAt(key) == '"' || text.charAt(key) == '}');
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
