package io.flashcall.server.config;

import java.util.List;

/// A configuration file that cannot be used. The message holds every problem, one a line and in the file's order, and
/// is ready to print; secrets and telephone numbers in it are masked.
public final class ConfigFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigFileException(String message, List<Problem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /// What the message says, one by one.
    public List<Problem> problems() {
        return problems;
    }

    /// @param line 0 when it has none
    /// @param key  path of the key, such as `trunks.carrier-a.calls_per_second` or `channels[0].time`
    /// @param text the value, masked, and what was expected
    public record Problem(int line, String key, String text) {}
}
