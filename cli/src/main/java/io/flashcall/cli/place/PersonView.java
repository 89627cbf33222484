package io.flashcall.cli.place;

import io.flashcall.cli.terminal.Terminal;
import io.flashcall.engine.capture.Ladder;
import io.flashcall.engine.capture.LadderStyle;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// Draws a call's ladder while it happens. Whoever typed the numbers may see them.
final class PersonView {

    private static final String INDENT = "              ";

    private final PrintWriter out;
    private final String us;
    private final String trunk;
    private final boolean whole;
    private @Nullable Ladder ladder;

    /// @param whole whether to show each message whole, not its arrow alone
    PersonView(PrintWriter out, String us, String trunk, boolean whole) {
        this.out = out;
        this.whole = whole;
        this.us = us;
        this.trunk = trunk;
    }

    void show(News.Message message) {
        if (ladder == null) {
            ladder = begin();
        }
        out.println(ladder.line(message.step()));
        if (whole) {
            showWhole(message.text());
        }
        out.flush();
    }

    /// Not before the first message, so that finding out about the terminal does not keep the INVITE waiting.
    private Ladder begin() {
        var terminal = Terminal.ofProcess();
        var style = new LadderStyle(terminal.width(), terminal.unicode(), terminal.colour(), false);
        var begun = new Ladder(style);
        begun.heading(us, trunk).forEach(out::println);
        return begun;
    }

    private void showWhole(String text) {
        text.strip().lines().forEach(line -> out.println((INDENT + printable(line)).stripTrailing()));
        out.println();
    }

    /// What a peer sends must not be able to drive somebody's terminal.
    private static String printable(String line) {
        var shown = new StringBuilder(line);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t') {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }
}
