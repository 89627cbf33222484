package io.flashcall.cli.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What the place that stdout leads to can show.
///
/// @param interactive whether somebody looks at it now
/// @param width       in columns
/// @param unicode     whether it is known to show more than ASCII
/// @param colour      whether ANSI colours are welcome
public record Terminal(boolean interactive, int width, boolean unicode, boolean colour) {

    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    /// The process's own.
    @SuppressWarnings("SystemConsoleNull") // the built-in console still is null unless there is a terminal
    public static Terminal ofProcess() {
        var console = System.console();
        return of(console != null && console.isTerminal(), System.getenv(), System.out.charset());
    }

    /// @param environment `COLUMNS` is the width, which the launcher finds out; `NO_COLOR` (no-color.org) and
    ///                    `TERM=dumb` forbid colours
    public static Terminal of(boolean interactive, Map<String, String> environment, Charset charset) {
        boolean colour = interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean unicode = charset.equals(StandardCharsets.UTF_8);
        return new Terminal(interactive, width(environment.getOrDefault("COLUMNS", "")), unicode, colour);
    }

    private static int width(String columns) {
        boolean number = columns.matches("\\d{1,4}") && Integer.parseInt(columns) >= LEAST_WIDTH;
        return number ? Integer.parseInt(columns) : USUAL_WIDTH;
    }
}
