package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Measured;
import io.flashcall.benchmarks.plot.Trend;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whether anything grows in half an hour at half of the ceiling.
public final class SoakSection implements Section {

    private static final String SECTION = "soak";
    private static final int WITHOUT_CEILING = 10_000;
    private static final int RING_MILLIS = 1_500;
    private static final Duration RAMP = Duration.ofSeconds(10);

    /// Until the calls of the last 32 s are all there, and the heap has its size.
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private static final Duration WINDOW = Duration.ofMinutes(30);
    private static final Map<String, String> ROWS = rows();

    public SoakSection() {}

    private static Map<String, String> rows() {
        var rows = new LinkedHashMap<String, String>();
        rows.put("rss", "RSS, bytes");
        rows.put("hang_up_p99_ms", "p99 of CANCELs' lateness, ms");
        rows.put("gc_ms", "longest collection in 10 s, ms");
        return rows;
    }

    @Override
    public String title() {
        return "Soak";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent != Extent.SOAK) {
            return;
        }
        int ceiling = CeilingSection.ofEngine(bench);
        int rate = ceiling == 0 ? WITHOUT_CEILING : ceiling / 2;
        try (var farEnd = FarEnd.start(bench.rig(), true)) {
            bench.once(new Cell(SECTION, Side.ENGINE.label(), rate, RING_MILLIS, 1), () -> {
                var load = new Load(farEnd.address(), rate, RING_MILLIS, RAMP, WARM_UP, WINDOW);
                return measure(bench.rig(), load);
            });
        }
    }

    private static Map<String, Double> measure(Rig rig, Load load) throws IOException, InterruptedException {
        var command = LatenessSection.command(rig, load, "soak");
        try (var caller = rig.start(Rig.CALLER, command, "soak")) {
            caller.end(load.longest().plusMinutes(1));
            var all = new Measured(LatenessSection.figures(Rig.lastJson(caller.out()), caller.err()));
            var samples = caller.out()
                    .lines()
                    .filter(line -> line.startsWith("{") && line.contains("\"seconds\""))
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            var figures = new LinkedHashMap<String, Double>();
            figures.put("calls", all.get("calls"));
            figures.put("rang", all.get("rang"));
            figures.put("left", all.get("left"));
            for (String row : ROWS.keySet()) {
                var trend = trend(samples, row);
                figures.put(row + "_mean", trend.mean());
                figures.put(row + "_slope_an_hour", trend.slope() * 3600);
                figures.put(row + "_slope_half_width", trend.halfWidth() * 3600);
            }
            return figures;
        }
    }

    private static Trend trend(List<JsonNode> samples, String figure) {
        double[] at = samples.stream()
                .mapToDouble(sample -> sample.path("seconds").asDouble())
                .toArray();
        double[] values = samples.stream()
                .mapToDouble(sample -> sample.path(figure).asDouble())
                .toArray();
        return Trend.of(at, values);
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder();
        for (var cell : bench.journal().cells(SECTION)) {
            var figures = bench.journal().find(cell).orElseThrow();
            table.append(String.format(
                    Locale.ROOT, """
                    %,d calls a second for 30 minutes: %,.0f calls, of which %,.0f rang; %.0f were left. A figure grows if its
                    slope's 95 %% interval is above 0.

                    | | mean | slope an hour | 95 %% interval |
                    |---|---|---|---|
                    """, cell.rate(), figures.get("calls"), figures.get("rang"), figures.get("left")));
            ROWS.forEach((row, label) -> {
                double slope = figures.get(row + "_slope_an_hour");
                double half = figures.get(row + "_slope_half_width");
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %,.2f | %,.2f | %,.2f to %,.2f |%n",
                        label,
                        figures.get(row + "_mean"),
                        slope,
                        slope - half,
                        slope + half));
            });
        }
        return table.toString();
    }
}
