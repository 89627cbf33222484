package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JMH: what single steps cost, and what they allocate.
public final class MicroSection implements Section {

    private static final String SECTION = "micro";
    private static final String DONE = "all";
    private static final String NANOS = "ns";
    private static final String BYTES = "bytes";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    public MicroSection() {}

    @Override
    public String title() {
        return "Single steps";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        var done = new Cell(SECTION, DONE, 0, 0, 1);
        if (extent != Extent.FULL || bench.journal().find(done).isPresent()) {
            return;
        }
        var all = measure(bench.rig());
        for (var one : all.entrySet()) {
            bench.once(new Cell(SECTION, one.getKey(), 0, 0, 1), one::getValue);
        }
        bench.once(done, () -> Map.of("benchmarks", (double) all.size()));
    }

    private static Map<String, Map<String, Double>> measure(Rig rig) throws IOException, InterruptedException {
        var json = rig.work().resolve("jmh.json");
        var command = rig.program(
                "org.openjdk.jmh.Main",
                List.of(),
                "-f",
                1,
                "-wi",
                3,
                "-w",
                2,
                "-i",
                5,
                "-r",
                1,
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                json);
        try (var jmh = rig.start(Rig.CALLER, command, "jmh")) {
            if (jmh.end(LONGEST) != 0) {
                throw new IOException("JMH failed: " + jmh.out() + jmh.err());
            }
        }
        var all = new LinkedHashMap<String, Map<String, Double>>();
        for (var result : JsonMapper.shared().readTree(Files.readString(json)).values()) {
            var figures = new LinkedHashMap<String, Double>();
            figures.put(NANOS, result.path("primaryMetric").path("score").asDouble());
            figures.put(BYTES, allocated(result));
            all.put(name(result), figures);
        }
        return all;
    }

    /// `·gc.alloc.rate.norm` of older versions has a dot ahead.
    private static double allocated(JsonNode result) {
        return result.path("secondaryMetrics").properties().stream()
                .filter(metric -> metric.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(metric -> metric.getValue().path("score").asDouble())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String name(JsonNode result) {
        String[] parts = result.path("benchmark").asString().split("\\.", -1);
        String name = parts[parts.length - 2].replace("Benchmark", "") + " " + parts[parts.length - 1];
        var parameters = new StringBuilder();
        for (var parameter : result.path("params").properties()) {
            parameters.append(' ').append(parameter.getValue().asString());
        }
        return name + parameters;
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder("""
                By JMH, with its allocation profiler, on one processor. What is said to allocate less than a byte allocates
                nothing, no object either: JMH itself does now and then. `Datagram` is one of many that a socket sends to itself
                and receives, by each transport: what input and output make for it.

                | | ns | bytes allocated |
                |---|---|---|
                """);
        boolean any = false;
        for (var cell : bench.journal().cells(SECTION)) {
            if (!cell.side().equals(DONE)) {
                any = true;
                var figures = bench.journal().find(cell).orElseThrow();
                double bytes = figures.get(BYTES);
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %,.1f | %s |%n",
                        cell.side(),
                        figures.get(NANOS),
                        bytes < 1 ? "0" : String.format(Locale.ROOT, "%,.0f", bytes)));
            }
        }
        return any ? table.toString() : "";
    }
}
