package io.flashcall.benchmarks.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// All measurements of a run, and what becomes of them: rows for a program, a table for people.
record CostTable(List<Cost> costs) {

    CostTable {
        costs = List.copyOf(costs);
    }

    /// One row for each measurement.
    String csv() {
        var csv = new StringBuilder("side,rate,cpu_us_per_call,far_end_share,held\n");
        for (var cost : costs) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%.2f,%.3f,%s%n",
                    cost.side().label(),
                    cost.rate(),
                    cost.micros(),
                    cost.farEnd(),
                    cost.held()));
        }
        return csv.toString();
    }

    /// For each rate and side the median with its range, and how it compares with SIPp and with the floor.
    String markdown() {
        var table = new StringBuilder("""
                | calls/s | caller | CPU µs a call, median (least–most) | of SIPp's | of the floor's | far end's core |
                |---|---|---|---|---|---|
                """);
        for (int rate : new TreeSet<>(costs.stream().map(Cost::rate).toList())) {
            for (var side : Side.values()) {
                row(side, rate).ifPresent(table::append);
            }
        }
        return table.toString();
    }

    private Optional<String> row(Side side, int rate) {
        var all = of(side, rate);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var median = median(side, rate);
        String cells = median.isEmpty()
                ? "not held | | |"
                : String.format(
                        Locale.ROOT,
                        "%.1f (%.1f–%.1f) | %s | %s |",
                        median.getAsDouble(),
                        all.getFirst().micros(),
                        all.getLast().micros(),
                        ratio(median, median(Side.SIPP, rate)),
                        ratio(median, median(Side.FLOOR, rate)));
        double farEnd = all.stream().mapToDouble(Cost::farEnd).max().orElse(0);
        return Optional.of(
                String.format(Locale.ROOT, "| %,d | %s | %s %.0f %% |%n", rate, side.label(), cells, farEnd * 100));
    }

    /// The median of a side at a rate; empty where one of its measurements did not hold the rate.
    OptionalDouble median(Side side, int rate) {
        var all = of(side, rate);
        if (all.isEmpty() || !all.stream().allMatch(Cost::held)) {
            return OptionalDouble.empty();
        }
        int middle = all.size() / 2;
        double upper = all.get(middle).micros();
        return OptionalDouble.of(
                all.size() % 2 == 1 ? upper : (all.get(middle - 1).micros() + upper) / 2);
    }

    /// The cheapest first.
    private List<Cost> of(Side side, int rate) {
        return costs.stream()
                .filter(cost -> Objects.equals(cost.side(), side) && cost.rate() == rate)
                .sorted(Comparator.comparingDouble(Cost::micros))
                .toList();
    }

    private static String ratio(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || other.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f", one.getAsDouble() / other.getAsDouble());
    }
}
