package io.flashcall.cli.load;

import org.HdrHistogram.Histogram;

/// A distribution in milliseconds, as a load tells it. Nothing in it: all are NaN.
record Percentiles(double p50, double p99, double p999, double max) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    /// @param nanos values in nanoseconds
    static Percentiles of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return new Percentiles(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Percentiles(
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getValueAtPercentile(99.9)),
                millis(nanos.getMaxValue()));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }

    boolean isEmpty() {
        return Double.isNaN(p50);
    }
}
