package io.flashcall.cli.load;

import java.util.Optional;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A distribution in milliseconds, as a load tells it. Nothing in it: all are NaN.
public record Percentiles(double p50, double p99, double p999, double max) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    /// @param nanos values in nanoseconds
    public static Percentiles of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return new Percentiles(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Percentiles(
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getValueAtPercentile(99.9)),
                millis(nanos.getMaxValue()));
    }

    /// Four fields in milliseconds, all null when there is nothing in it; a contract with scripts.
    public static ObjectNode json(Histogram nanos) {
        var all = of(nanos);
        Optional<Percentiles> some = all.isEmpty() ? Optional.empty() : Optional.of(all);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("p50", some.map(Percentiles::p50).orElse(null));
        json.put("p99", some.map(Percentiles::p99).orElse(null));
        json.put("p999", some.map(Percentiles::p999).orElse(null));
        json.put("max", some.map(Percentiles::max).orElse(null));
        return json;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }

    public boolean isEmpty() {
        return Double.isNaN(p50);
    }
}
