package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Figures;
import io.flashcall.benchmarks.journal.Measured;
import io.flashcall.benchmarks.plot.LineChart;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// CPU time of the caller's process for a call, all sides in turn against one far end.
public final class CostSection implements Section {

    static final String SECTION = "cost";
    static final String MICROS = "us_per_call";
    static final String HELD = "held";
    static final String FAR_END = "far_end_share";
    private static final String ONE_BY_ONE = " (far end one by one)";

    private static final int GATE_RATE = 10_000;
    private static final List<Integer> RATES = List.of(2_000, 5_000, GATE_RATE, 20_000);
    private static final List<Integer> RINGS = List.of(0, 1_500);
    private static final Duration RAMP = Duration.ofSeconds(8);
    private static final Duration WARM_UP = Duration.ofSeconds(16);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double ALL_BUT_FEW = 0.999;

    public CostSection() {}

    @Override
    public String title() {
        return "Cost of a call";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent == Extent.SOAK) {
            return;
        }
        try (var farEnd = FarEnd.start(bench.rig(), true)) {
            if (extent == Extent.QUICK) {
                for (var side : Side.values()) {
                    measure(bench, farEnd, side, "", new Cell(SECTION, side.label(), GATE_RATE, 0, 1));
                }
                return;
            }
            for (int ring : RINGS) {
                for (int rate : RATES) {
                    rounds(bench, farEnd, rate, ring, rate == GATE_RATE && ring == 0 ? 5 : 3);
                }
            }
        }
        try (var farEnd = FarEnd.start(bench.rig(), false)) {
            for (int round = 1; round <= 3; round++) {
                for (var side : List.of(Side.ENGINE, Side.SIPP, Side.FLOOR, Side.FLOOR_WITH_GSO)) {
                    var cell = new Cell(SECTION, side.label() + ONE_BY_ONE, GATE_RATE, 0, round);
                    measure(bench, farEnd, side, ONE_BY_ONE, cell);
                }
            }
        }
    }

    /// A B A B …; who did not hold a rate is not asked again.
    private static void rounds(Bench bench, FarEnd farEnd, int rate, int ring, int rounds)
            throws IOException, InterruptedException {
        var still = new ArrayList<>(List.of(Side.values()));
        for (int round = 1; round <= rounds; round++) {
            for (var side : List.copyOf(still)) {
                var cell = new Cell(SECTION, side.label(), rate, ring, round);
                if (measure(bench, farEnd, side, "", cell).get(HELD) == 0) {
                    still.remove(side);
                }
            }
        }
    }

    private static Measured measure(Bench bench, FarEnd farEnd, Side side, String how, Cell cell)
            throws IOException, InterruptedException {
        return bench.once(cell, () -> {
            var load = new Load(farEnd.address(), cell.rate(), cell.ringMillis(), RAMP, WARM_UP, WINDOW);
            String name = (side.name() + how).replaceAll("[^A-Za-z]", "-");
            return figures(Trial.of(bench.rig(), farEnd, side, load, name), load);
        });
    }

    private static Map<String, Double> figures(Trial trial, Load load) {
        boolean held =
                trial.lasted() && trial.ends().completed() >= trial.ends().asked() * ALL_BUT_FEW;
        var figures = new LinkedHashMap<String, Double>();
        figures.put(MICROS, trial.used().toNanos() / 1e3 / load.callsMeasured());
        figures.put("cpu_s", trial.used().toNanos() / 1e9);
        figures.put(FAR_END, trial.farEnd());
        figures.put(HELD, held ? 1.0 : 0.0);
        return figures;
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder("""
                CPU time (user and system) of the caller's process for each flash call, from the operating system, after
                a warm-up, on one processor; the far end has the other. The floor is a Netty loop with prepared bytes: it
                is no SIP user agent. Loopback charges part of a receiver's work to the sender, and flatters GSO; the last
                rows have a far end that neither sends nor takes several datagrams at once. JAIN-SIP is helped where it would look
                at all of its client transactions for each CANCEL.

                | calls/s | ring | caller | µs a call, median (least–most) | of SIPp's | of the floor's | caller's CPU | far end's CPU |
                |---|---|---|---|---|---|---|---|
                """);
        boolean any = false;
        for (int ring : RINGS) {
            for (int rate : RATES) {
                for (String how : List.of("", ONE_BY_ONE)) {
                    for (var side : Side.values()) {
                        any |= row(bench, side, how, rate, ring, table);
                    }
                }
            }
        }
        return any ? table.toString() : "";
    }

    private static boolean row(Bench bench, Side side, String how, int rate, int ring, StringBuilder table) {
        var micros = bench.journal().values(SECTION, side.label() + how, rate, ring, MICROS);
        if (micros.isEmpty()) {
            return false;
        }
        double median = median(bench, side.label() + how, rate, ring);
        var farEnd = bench.journal().values(SECTION, side.label() + how, rate, ring, FAR_END);
        double share = farEnd.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        table.append(String.format(
                Locale.ROOT,
                "| %,d | %d ms | %s | %s | %s | %s | %s | %.0f %% |%n",
                rate,
                ring,
                side.label() + how,
                Double.isNaN(median) ? "not held" : Figures.range(micros, 1),
                Figures.ratio(median, median(bench, Side.SIPP.label() + how, rate, ring)),
                Figures.ratio(median, median(bench, Side.FLOOR.label() + how, rate, ring)),
                Double.isNaN(median) ? "" : String.format(Locale.ROOT, "%.0f %%", median * rate / 1e4),
                share * 100));
        return true;
    }

    /// Of all rounds; NaN where one of them did not hold the rate.
    static double median(Bench bench, String side, int rate, int ring) {
        boolean held =
                bench.journal().values(SECTION, side, rate, ring, HELD).stream().allMatch(value -> value == 1);
        return held ? Figures.median(bench.journal().values(SECTION, side, rate, ring, MICROS)) : Double.NaN;
    }

    @Override
    public Map<String, String> plots(Bench bench) {
        var plots = new TreeMap<String, String>();
        for (int ring : RINGS) {
            var chart = new LineChart(
                    "CPU time of a flash call" + (ring == 0 ? "" : ", ringing for 1.5 s"),
                    "calls a second",
                    "µs a call");
            for (var side : Side.values()) {
                var points = new TreeMap<Double, Double>();
                for (int rate : RATES) {
                    double median = median(bench, side.label(), rate, ring);
                    if (!Double.isNaN(median)) {
                        points.put((double) rate, median);
                    }
                }
                chart.add(side.label(), points);
            }
            if (chart.hasLines()) {
                plots.put(ring == 0 ? "cost.svg" : "cost-ringing.svg", chart.svg());
            }
        }
        return plots;
    }
}
