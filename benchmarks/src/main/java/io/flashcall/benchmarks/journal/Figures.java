package io.flashcall.benchmarks.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/// What becomes of several values of a figure.
public final class Figures {

    private static final MathContext DIGITS = new MathContext(6);

    private Figures() {}

    /// The middle one, or the mean of the two in the middle; NaN of none.
    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// `12.3 (11.0–14.9)`: the median with the least and the most; of one value that alone.
    public static String range(List<Double> values, int decimals) {
        if (values.isEmpty()) {
            return "";
        }
        String form = "%." + decimals + "f";
        String median = String.format(Locale.ROOT, form, median(values));
        if (values.size() == 1) {
            return median;
        }
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%s (" + form + "–" + form + ")", median, least, most);
    }

    /// `0.42`, or nothing where one of the two is not known.
    public static String ratio(double one, double other) {
        return Double.isNaN(one) || Double.isNaN(other) || other == 0
                ? ""
                : String.format(Locale.ROOT, "%.2f", one / other);
    }

    /// As a program reads it, with six digits.
    static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
