package io.flashcall.cli.load;

import io.flashcall.engine.telemetry.Metric;
import java.util.Formatter;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Tells a load as a table for a person.
final class LoadTable {

    private LoadTable() {}

    static String tell(LoadReport report) {
        var ends = report.ends();
        var latencies = report.wire().latencies();
        var table = new Formatter(Locale.ROOT);
        table.format("%d calls, %.1f a second%n%n", ends.calls(), report.rate());
        table.format("  %-12s %-24s %12s%n", "outcome", "final status", "calls");
        ends.outcomes()
                .byStatus()
                .forEach((kind, statuses) -> statuses.forEach((status, count) -> {
                    String shown = status == 0 ? "none" : status.toString();
                    table.format("  %-12s %-24s %12d%n", kind.label(), shown, count);
                }));
        ends.refused().forEach((reason, count) -> table.format("  %-12s %-24s %12d%n", "refused", reason, count));
        if (!ends.outcomes().causes().isEmpty()) {
            table.format("%n  %-37s %12s%n", "cause", "calls");
            ends.outcomes().causes().forEach((cause, count) -> table.format("  %-37s %12d%n", cause, count));
        }
        table.format("%n  %-16s %9s %9s %9s %9s%n", "milliseconds", "p50", "p99", "p99.9", "max");
        table.format("%s%n", percentiles("to ringing", latencies.postDialDelay()));
        table.format("%s%n%n", percentiles("CANCEL late by", latencies.hangUpLateness()));
        table.format(
                "  %d retransmissions, %d unmatched responses; CPU per call %s after the warm-up, %s altogether",
                report.wire().count(Metric.RETRANSMISSIONS),
                report.wire().count(Metric.RESPONSES_UNMATCHED),
                micros(report.cpu().warm()),
                micros(report.cpu().total()));
        return table.toString();
    }

    static String percentiles(String name, Histogram nanos) {
        var all = Percentiles.of(nanos);
        return all.isEmpty()
                ? "  %-16s %9s".formatted(name, "none")
                : String.format(
                        Locale.ROOT,
                        "  %-16s %9.2f %9.2f %9.2f %9.2f",
                        name,
                        all.p50(),
                        all.p99(),
                        all.p999(),
                        all.max());
    }

    private static String micros(Optional<Double> micros) {
        return micros.map(value -> String.format(Locale.ROOT, "%.1f µs", value)).orElse("unknown");
    }
}
