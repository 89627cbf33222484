package io.flashcall.engine;

import java.util.List;
import java.util.stream.Collectors;

/// Everything that is wrong with a configuration, at once.
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.size() + " configuration problem(s):\n"
                + problems.stream().map(p -> "  " + p).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /// @param key      path of the key, such as `trunks.carrier-a.calls_per_second`
    /// @param value    what was found, with secrets and numbers masked
    /// @param expected what would have been right
    public record Problem(String key, String value, String expected) {

        @Override
        public String toString() {
            return key + ": " + value + " (expected: " + expected + ")";
        }
    }
}
