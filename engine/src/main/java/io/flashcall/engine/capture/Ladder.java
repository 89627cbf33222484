package io.flashcall.engine.capture;

import io.flashcall.engine.E164;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Draws the messages of one call as a ladder, line by line while they come:
///
/// ```
///           flashcall                       127.0.0.1:5070
///   0.000 s │── INVITE +442079460123 ──────────────────▶│
///   0.051 s │◀─────────────────────────── 180 Ringing ──│
/// ```
///
/// Times count from its first message. A message that was there before is marked as repeated. Not thread-safe.
public final class Ladder {

    private static final int TIME_WIDTH = 12;
    private static final int LEAD = 2;
    private static final double NANOS = 1e9;
    private static final String RESET = "\u001b[0m";

    private final LadderStyle style;
    private final Set<Integer> seen = new HashSet<>();
    private long start;

    public Ladder(LadderStyle style) {
        this.style = style;
    }

    /// Names both sides, ours on the left.
    public List<String> heading(String left, String right) {
        int inner = between() + 2;
        String us = shown(left);
        String them = shown(right);
        int gap = inner - us.length() - them.length();
        String margin = " ".repeat(TIME_WIDTH);
        return gap >= 2
                ? List.of(margin + us + " ".repeat(gap) + them)
                : List.of(margin + us, margin + " ".repeat(Math.max(0, inner - them.length())) + them);
    }

    /// Draws one message; to be called in their order.
    public String line(LadderStep step) {
        if (seen.isEmpty()) {
            start = step.nanos();
        }
        String repeated = seen.add(step.hash()) ? "" : " (repeated)";
        String number = step.called().isEmpty() ? "" : " " + step.called();
        String label = " " + fitted(shown(step.label() + number) + repeated) + " ";
        String arrow = step.sent() ? sent(label) : received(label);
        String bar = style.unicode() ? "│" : "|";
        String time = String.format(Locale.ROOT, "%9.3f s ", (step.nanos() - start) / NANOS);
        return time + bar + coloured(arrow, step.status()) + bar;
    }

    private String sent(String label) {
        String rule = rule(between() - 1 - LEAD - label.length());
        return rule(LEAD) + label + rule + (style.unicode() ? "▶" : ">");
    }

    private String received(String label) {
        String rule = rule(between() - 1 - LEAD - label.length());
        return (style.unicode() ? "◀" : "<") + rule + label + rule(LEAD);
    }

    private String rule(int length) {
        return (style.unicode() ? "─" : "-").repeat(Math.max(0, length));
    }

    private String fitted(String label) {
        int room = between() - 1 - LEAD - 2;
        return label.length() <= room ? label : label.substring(0, room - 2) + "..";
    }

    private int between() {
        return style.width() - TIME_WIDTH - 2;
    }

    private String shown(String text) {
        return style.masked() ? E164.mask(text) : text;
    }

    private String coloured(String arrow, int status) {
        return style.colour() && status > 0 ? colour(status) + arrow + RESET : arrow;
    }

    private static String colour(int status) {
        if (status < 200) {
            return "\u001b[36m";
        }
        return status < 300 ? "\u001b[32m" : "\u001b[33m";
    }
}
