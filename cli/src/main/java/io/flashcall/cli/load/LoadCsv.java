package io.flashcall.cli.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Writes a row for each second of a load; rates, outcomes and percentiles are those of that second alone.
final class LoadCsv implements LoadWatcher, AutoCloseable {

    private static final String COLUMNS = "time_s,rate,in_flight,rang,answered,declined,failed,abandoned,refused,"
            + "setup_ms_p50,setup_ms_p99,setup_ms_p999,setup_ms_max,"
            + "cancel_late_ms_p50,cancel_late_ms_p99,cancel_late_ms_p999,cancel_late_ms_max";
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private @Nullable LoadProgress last;

    /// @throws IOException when the file cannot be written
    LoadCsv(Path file) throws IOException {
        out = new PrintWriter(Files.newBufferedWriter(file));
        out.println(COLUMNS);
    }

    @Override
    public void onProgress(LoadProgress now) {
        var before = last;
        double seconds = (now.elapsed().toNanos()
                        - (before == null ? 0 : before.elapsed().toNanos()))
                / NANOS;
        long placed = now.placed() - (before == null ? 0 : before.placed());
        var row = new StringBuilder();
        row.append(String.format(Locale.ROOT, "%.3f,", now.elapsed().toNanos() / NANOS));
        row.append(String.format(Locale.ROOT, "%.1f,%d", placed / Math.max(1e-3, seconds), now.inFlight()));
        now.ended()
                .forEach((kind, count) -> row.append(',')
                        .append(count - (before == null ? 0 : before.ended().getOrDefault(kind, 0L))));
        row.append(',').append(now.refused() - (before == null ? 0 : before.refused()));
        appendPercentiles(
                row,
                now.latencies().postDialDelay(),
                before == null ? null : before.latencies().postDialDelay());
        appendPercentiles(
                row,
                now.latencies().hangUpLateness(),
                before == null ? null : before.latencies().hangUpLateness());
        out.println(row);
        out.flush();
        last = now;
    }

    private static void appendPercentiles(StringBuilder row, Histogram now, @Nullable Histogram before) {
        var interval = now.copy();
        if (before != null) {
            interval.subtract(before);
        }
        var all = Percentiles.of(interval);
        for (double value : new double[] {all.p50(), all.p99(), all.p999(), all.max()}) {
            row.append(',').append(all.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", value));
        }
    }

    @Override
    public void close() {
        out.close();
    }
}
