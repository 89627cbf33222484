package io.flashcall.benchmarks.plot;

import java.util.Arrays;

/// The straight line through points (least squares), and how sure its slope is.
///
/// @param mean      of the values
/// @param slope     of the line
/// @param halfWidth of the slope's 95 % interval, by the normal distribution: good for 30 points or more
public record Trend(double mean, double slope, double halfWidth) {

    private static final double NORMAL_95 = 1.96;

    /// @param at     where the points are, at least three of them
    /// @param values as many
    public static Trend of(double[] at, double[] values) {
        int count = at.length;
        if (count < 3 || values.length != count) {
            throw new IllegalArgumentException(
                    count + " places, " + values.length + " values (expected: as many, three or more)");
        }
        double middle = Arrays.stream(at).average().orElseThrow();
        double mean = Arrays.stream(values).average().orElseThrow();
        double spread = 0;
        double product = 0;
        for (int i = 0; i < count; i++) {
            spread += (at[i] - middle) * (at[i] - middle);
            product += (at[i] - middle) * (values[i] - mean);
        }
        double slope = product / spread;
        double rest = 0;
        for (int i = 0; i < count; i++) {
            double off = values[i] - mean - slope * (at[i] - middle);
            rest += off * off;
        }
        double error = Math.sqrt(rest / (count - 2) / spread);
        return new Trend(mean, slope, NORMAL_95 * error);
    }
}
