package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Figures;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The highest rate that a caller holds for 30 s on one processor, with no failed call and less than 0.1 % of
/// retransmissions: searched once, and the rate that was found confirmed five times.
public final class CeilingSection implements Section {

    private static final String SECTION = "ceiling";
    private static final String HELD = "held";
    private static final List<Side> SIDES = List.of(Side.ENGINE, Side.SIPP);
    private static final int STEP = 1_000;
    private static final int FIRST = 8_000;
    private static final int MOST = 100_000;
    private static final int CONFIRMATIONS = 5;
    private static final int SEARCH = 0;
    private static final double RETRANSMISSIONS = 0.001;
    private static final Duration RAMP = Duration.ofSeconds(8);
    private static final Duration WARM_UP = Duration.ofSeconds(16);
    private static final Duration WINDOW = Duration.ofSeconds(30);

    public CeilingSection() {}

    @Override
    public String title() {
        return "Ceiling";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent != Extent.FULL) {
            return;
        }
        try (var farEnd = FarEnd.start(bench.rig(), true)) {
            for (var side : SIDES) {
                int rate = search(bench, farEnd, side);
                while (rate > 0 && !isConfirmed(bench, farEnd, side, rate)) {
                    rate -= STEP;
                }
            }
        }
    }

    /// Doubles until it fails, then halves the gap.
    private static int search(Bench bench, FarEnd farEnd, Side side) throws IOException, InterruptedException {
        int holds = 0;
        int fails = FIRST;
        while (fails <= MOST && holds(bench, farEnd, side, fails, SEARCH)) {
            holds = fails;
            fails *= 2;
        }
        while (fails - holds > STEP) {
            int middle = (holds + fails) / 2 / STEP * STEP;
            if (middle > MOST || !holds(bench, farEnd, side, middle, SEARCH)) {
                fails = middle;
            } else {
                holds = middle;
            }
        }
        return holds;
    }

    private static boolean isConfirmed(Bench bench, FarEnd farEnd, Side side, int rate)
            throws IOException, InterruptedException {
        for (int round = 1; round <= CONFIRMATIONS; round++) {
            if (!holds(bench, farEnd, side, rate, round)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Bench bench, FarEnd farEnd, Side side, int rate, int round)
            throws IOException, InterruptedException {
        var cell = new Cell(SECTION, side.label(), rate, 0, round);
        return bench.once(cell, () -> {
                            var load = new Load(farEnd.address(), rate, 0, RAMP, WARM_UP, WINDOW);
                            return figures(Trial.of(bench.rig(), farEnd, side, load, side.name()), load);
                        })
                        .get(HELD)
                == 1;
    }

    private static Map<String, Double> figures(Trial trial, Load load) {
        var ends = trial.ends();
        boolean held = trial.lasted()
                && ends.completed() == ends.asked()
                && ends.retransmissions() < ends.asked() * RETRANSMISSIONS;
        var figures = new LinkedHashMap<String, Double>();
        figures.put(HELD, held ? 1.0 : 0.0);
        figures.put("failed", (double) (ends.asked() - ends.completed()));
        figures.put("retransmissions", (double) ends.retransmissions());
        figures.put("cpu_share", Trial.share(trial.used(), load));
        figures.put(CostSection.FAR_END, trial.farEnd());
        return figures;
    }

    /// The rate that was held five times; 0 where none was.
    static int of(Bench bench, Side side) {
        return bench.journal().cells(SECTION).stream()
                .filter(cell -> cell.side().equals(side.label()) && cell.round() == CONFIRMATIONS)
                .filter(cell -> bench.journal().values(SECTION, side.label(), cell.rate(), 0, HELD).stream()
                        .allMatch(held -> held == 1))
                .mapToInt(Cell::rate)
                .max()
                .orElse(0);
    }

    /// The engine's, or what to go by in its place; 0 where there is neither.
    static int ofEngine(Bench bench) {
        int found = of(bench, Side.ENGINE);
        return found == 0 ? bench.ceiling() : found;
    }

    @Override
    public String markdown(Bench bench) {
        int sipp = of(bench, Side.SIPP);
        var table = new StringBuilder("""
                The highest rate held for 30 s on one processor, with no failed call and retransmissions of less than a
                thousandth, those of the warm-up included: found once, confirmed five times. `flashcall load` asks for no more than
                100,000.

                | caller | calls/s | of SIPp's | far end's CPU |
                |---|---|---|---|
                """);
        boolean any = false;
        for (var side : SIDES) {
            int rate = of(bench, side);
            if (rate > 0) {
                any = true;
                var farEnd = bench.journal().values(SECTION, side.label(), rate, 0, CostSection.FAR_END);
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %,d | %s | %.0f %% |%n",
                        side.label(),
                        rate,
                        sipp == 0 ? "" : Figures.ratio(rate, sipp),
                        Figures.median(farEnd) * 100));
            }
        }
        return any ? table.toString() : "";
    }
}
