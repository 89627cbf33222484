package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.HoldCaller;
import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What calls that ring weigh, and what is kept of those that have ended.
public final class MemorySection implements Section {

    private static final String SECTION = "memory";
    private static final String ENDED = "ended";
    private static final int MOST_A_SECOND = 10_000;
    private static final Duration RAMP = Duration.ofSeconds(5);
    private static final List<Integer> RINGING = List.of(10_000, 100_000, 1_000_000);
    private static final int ENDED_CALLS = 250_000;
    private static final int RING_MILLIS = 150_000;
    private static final int SHORT_RING_MILLIS = 12_000;
    private static final double MEGABYTE = 1 << 20;

    public MemorySection() {}

    @Override
    public String title() {
        return "Memory";
    }

    @Override
    public void run(Bench bench, Extent extent) throws IOException, InterruptedException {
        if (extent == Extent.SOAK) {
            return;
        }
        try (var farEnd = FarEnd.start(bench.rig(), true)) {
            if (extent == Extent.QUICK) {
                hold(bench, farEnd, Side.ENGINE.label(), RINGING.getFirst(), SHORT_RING_MILLIS);
                return;
            }
            for (int calls : RINGING) {
                hold(bench, farEnd, Side.ENGINE.label(), calls, RING_MILLIS);
            }
            hold(bench, farEnd, ENDED, ENDED_CALLS, 0);
        }
    }

    private static void hold(Bench bench, FarEnd farEnd, String side, int calls, int ringMillis)
            throws IOException, InterruptedException {
        bench.once(new Cell(SECTION, side, calls, ringMillis, 1), () -> {
            var placing = Duration.ofSeconds(calls / MOST_A_SECOND).plus(RAMP);
            var load = new Load(farEnd.address(), MOST_A_SECOND, ringMillis, RAMP, Duration.ZERO, placing);
            return measure(bench.rig(), load, calls);
        });
    }

    private static Map<String, Double> measure(Rig rig, Load load, int calls) throws IOException, InterruptedException {
        var command = rig.program(
                HoldCaller.class,
                List.of(),
                load.farEnd(),
                load.rate(),
                calls,
                load.ramp().toMillis(),
                load.ringMillis());
        try (var caller = rig.start(Rig.CALLER, command, "hold")) {
            caller.end(load.longest().plusMillis(load.ringMillis()).plusMinutes(3));
            return LatenessSection.figures(Rig.lastJson(caller.out()), caller.err());
        }
    }

    @Override
    public String markdown(Bench bench) {
        var table = new StringBuilder("""
                Heap after a collection, direct buffers, and resident memory, while so many calls ring at once; the last
                column is what the whole process had at its most, with the collector's spare room.

                | ringing | heap | a call | direct | RSS while ringing | a call | RSS at its most | rang | left |
                |---|---|---|---|---|---|---|---|---|
                """);
        var kept = new StringBuilder();
        for (var cell : bench.journal().cells(SECTION)) {
            var figures = bench.journal().find(cell).orElseThrow();
            if (cell.side().equals(ENDED)) {
                kept.append(String.format(
                        Locale.ROOT,
                        "%nOf each of %,d calls that had just ended %.0f bytes were kept, for 32 s.%n",
                        cell.rate(),
                        figures.get("heap_kept") / cell.rate()));
            } else {
                table.append(String.format(
                        Locale.ROOT,
                        "| %,.0f | %.0f MB | %,.0f B | %.0f MB | %.0f MB | %,.0f B | %.0f MB | %,.0f | %.0f |%n",
                        figures.get("ringing"),
                        figures.get("heap_ringing") / MEGABYTE,
                        figures.get("heap_ringing") / cell.rate(),
                        figures.get("direct") / MEGABYTE,
                        figures.get("rss_ringing") / MEGABYTE,
                        (figures.get("rss_ringing") - figures.get("rss_empty")) / cell.rate(),
                        figures.get("rss_most") / MEGABYTE,
                        figures.get("rang"),
                        figures.get("left")));
            }
        }
        return bench.journal().cells(SECTION).isEmpty() ? "" : table.toString() + kept;
    }
}
