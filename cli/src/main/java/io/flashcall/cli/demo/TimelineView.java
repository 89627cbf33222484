package io.flashcall.cli.demo;

import io.flashcall.cli.terminal.Terminal;
import io.flashcall.engine.capture.Ladder;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.LadderStyle;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Shows what `GET …/events` tells: the events with their times, and the ladder of each call.
final class TimelineView {

    private static final double MILLIS = 1e3;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final PrintWriter out;
    private final Terminal terminal;

    TimelineView(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void events(JsonNode told) {
        Instant begun = null;
        for (var event : told.path("events")) {
            var at = Instant.parse(event.path("at").asString(""));
            begun = begun == null ? at : begun;
            var line = String.format(
                    Locale.ROOT,
                    "%9.3f s  %-22s %s",
                    Duration.between(begun, at).toMillis() / MILLIS,
                    event.path("type").asString(""),
                    details(event.path("details")));
            out.println(line.stripTrailing());
        }
    }

    private static String details(JsonNode details) {
        var words = new ArrayList<String>();
        details.propertyStream()
                .forEach(each -> words.add(each.getKey() + " " + each.getValue().asString("")));
        return String.join(", ", words);
    }

    /// Numbers in it are masked already.
    void ladders(JsonNode told) {
        for (var ladder : told.path("ladders")) {
            var drawn = new Ladder(new LadderStyle(terminal.width(), terminal.unicode(), terminal.colour(), false));
            drawn.heading("flashcall", "testbed").forEach(out::println);
            int number = 0;
            for (var step : ladder.path("steps")) {
                long nanos = Math.round(step.path("t_ms").asDouble() * NANOS_OF_A_MILLI);
                boolean sent = step.path("sent").asBoolean();
                out.println(drawn.line(
                        new LadderStep(0, sent, nanos, step.path("message").asString(""), "", number++)));
            }
        }
    }
}
