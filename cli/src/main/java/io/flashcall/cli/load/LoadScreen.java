package io.flashcall.cli.load;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a person sees of a running load: a few lines on the terminal, drawn anew each second.
final class LoadScreen implements LoadWatcher {

    private static final String CLEAR_TO_END = "\u001b[J";
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final int width;
    private final double intended;
    private int drawn;
    private double lastSeconds;
    private long lastPlaced;

    /// @param width    of the terminal: a line that went on below would not be cleared
    /// @param intended calls a second
    LoadScreen(PrintWriter out, int width, double intended) {
        this.out = out;
        this.width = width;
        this.intended = intended;
    }

    @Override
    public void onProgress(LoadProgress progress) {
        clear();
        var lines = lines(progress);
        lines.forEach(line -> out.println(line.substring(0, Math.min(line.length(), width))));
        out.flush();
        drawn = lines.size();
        lastSeconds = progress.elapsed().toNanos() / NANOS;
        lastPlaced = progress.placed();
    }

    /// Makes room for the final table.
    void clear() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\r" + CLEAR_TO_END);
            out.flush();
            drawn = 0;
        }
    }

    private List<String> lines(LoadProgress progress) {
        double seconds = progress.elapsed().toNanos() / NANOS;
        double rate = (progress.placed() - lastPlaced) / Math.max(1e-3, seconds - lastSeconds);
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%6.0f s   %.0f calls/s of %.0f   %d placed, %d in flight, %d refused",
                seconds,
                rate,
                intended,
                progress.placed(),
                progress.inFlight(),
                progress.refused()));
        var outcomes = new StringBuilder(" ".repeat(8));
        progress.ended().forEach((kind, count) -> {
            if (count > 0) {
                outcomes.append(' ').append(kind.label()).append(' ').append(count);
            }
        });
        lines.add(outcomes.toString());
        lines.add("  %-16s %9s %9s %9s %9s".formatted("milliseconds", "p50", "p99", "p99.9", "max"));
        lines.add(LoadTable.percentiles("to ringing", progress.latencies().postDialDelay()));
        lines.add(LoadTable.percentiles("CANCEL late by", progress.latencies().hangUpLateness()));
        return lines;
    }
}
