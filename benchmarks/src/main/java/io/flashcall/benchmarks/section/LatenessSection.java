package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.EngineCaller;
import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// How late things happen, from when they should have.
public final class LatenessSection implements Section {

    private static final String SECTION = "lateness";
    private static final int USUAL = 10_000;
    private static final int RING_MILLIS = 1_500;
    private static final Duration RAMP = Duration.ofSeconds(10);

    /// Until the calls of the last 32 s are all there and what a cold start at a high rate left behind is done: the
    /// compiler has the same processor.
    private static final Duration WARM_UP = Duration.ofSeconds(90);

    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(18);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(10);
    private static final Map<String, String> ROWS = rows();

    public LatenessSection() {}

    private static Map<String, String> rows() {
        var rows = new LinkedHashMap<String, String>();
        rows.put("placed", "INVITE due → sent");
        rows.put("ringing", "INVITE due → 180 handled");
        rows.put("post_dial", "INVITE sent → 180 handled");
        rows.put("hang_up", "ring time over → CANCEL sent");
        rows.put("control", "a thread that only sleeps");
        return rows;
    }

    @Override
    public String title() {
        return "Lateness";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent == Extent.SOAK) {
            return;
        }
        var rates = new TreeSet<>(List.of(USUAL));
        int ceiling = CeilingSection.ofEngine(bench);
        if (extent == Extent.FULL && ceiling > 0) {
            rates.addAll(List.of(ceiling / 2, ceiling * 4 / 5));
        }
        try (var farEnd = FarEnd.start(bench.rig(), true)) {
            for (int rate : rates) {
                var cell = new Cell(SECTION, Side.ENGINE.label(), rate, RING_MILLIS, 1);
                boolean full = extent == Extent.FULL;
                var load = new Load(
                        farEnd.address(),
                        rate,
                        RING_MILLIS,
                        RAMP,
                        full ? WARM_UP : QUICK_WARM_UP,
                        full ? WINDOW : QUICK_WINDOW);
                bench.once(cell, () -> measure(bench.rig(), load));
            }
        }
    }

    private static Map<String, Double> measure(Rig rig, Load load) throws IOException, InterruptedException {
        var command = command(rig, load, "lateness-" + load.rate());
        try (var caller = rig.start(Rig.CALLER, command, "lateness")) {
            caller.end(load.longest().plusSeconds(60));
            return figures(Rig.lastJson(caller.out()), caller.err());
        }
    }

    static List<String> command(Rig rig, Load load, String name) {
        return rig.program(
                EngineCaller.class,
                List.of(),
                load.farEnd(),
                load.rate(),
                load.rampedCalls(),
                load.ramp().toMillis(),
                load.ringMillis(),
                load.warmUp().toMillis(),
                load.window().toMillis(),
                rig.results().resolve("hlog").resolve(name + ".hlog"));
    }

    /// All numbers of an object.
    static Map<String, Double> figures(JsonNode json, String err) throws IOException {
        if (json.path("calls").isMissingNode()) {
            throw new IOException("a program of the benchmarks did not finish: " + err);
        }
        var figures = new LinkedHashMap<String, Double>();
        json.properties()
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue().asDouble()));
        return figures;
    }

    @Override
    public String markdown(Bench bench) {
        var cells = bench.journal().cells(SECTION);
        if (cells.isEmpty()) {
            return "";
        }
        var table = new StringBuilder("""
                From the intended time, so that a call that is placed late counts as late. Each call rings for 1.5 s. The
                control is a thread of the same process that sleeps for a millisecond again and again: what the machine
                does to any timer.

                | calls/s | | p50 ms | p99 ms | p99.9 ms | max ms |
                |---|---|---|---|---|---|
                """);
        for (var cell : cells) {
            var figures = bench.journal().find(cell).orElseThrow();
            ROWS.forEach((key, label) -> table.append(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %.2f | %.2f | %.2f | %.2f |%n",
                    cell.rate(),
                    label,
                    figures.get(key + "_p50_ms"),
                    figures.get(key + "_p99_ms"),
                    figures.get(key + "_p999_ms"),
                    figures.get(key + "_max_ms"))));
        }
        table.append("""

                | calls/s | calls | rang | retransmissions | bytes allocated a call | by the loop alone | longest collection |
                |---|---|---|---|---|---|---|
                """);
        for (var cell : cells) {
            var figures = bench.journal().find(cell).orElseThrow();
            table.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.0f ms |%n",
                    cell.rate(),
                    figures.get("calls"),
                    figures.get("rang"),
                    figures.get("retransmissions"),
                    figures.get("bytes_per_call"),
                    figures.get("loop_bytes_per_call"),
                    figures.get("gc_ms")));
        }
        return table.toString();
    }
}
