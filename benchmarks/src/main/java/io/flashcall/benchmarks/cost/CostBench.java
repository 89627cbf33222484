package io.flashcall.benchmarks.cost;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The cost of a call for every side, in turn: A B A B …
public final class CostBench {

    private CostBench() {}

    /// How much is measured.
    ///
    /// @param rates  calls a second
    /// @param rounds measurements of each side at each rate
    /// @param warmUp left out, from the start of a process on
    /// @param window measured
    public record Plan(List<Integer> rates, int rounds, Duration warmUp, Duration window) {}

    /// Blocks for as long as it takes, and tells how far it is.
    ///
    /// @param home      of the installation
    /// @param classPath of the benchmarks
    /// @return what was measured: the table, and all of it as CSV
    /// @throws IOException a side could not be started
    public static Measured run(Plan plan, Path home, String classPath, PrintWriter progress)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("flashcall-bench-");
        try {
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            var costs = new ArrayList<Cost>();
            try (var run = CostRun.start(new Side.Places(home, java, classPath, folder))) {
                for (int rate : plan.rates()) {
                    for (int round = 1; round <= plan.rounds(); round++) {
                        for (var side : Side.values()) {
                            var cost = run.measure(side, rate, plan.warmUp(), plan.window());
                            costs.add(cost);
                            progress.printf(
                                    "%d/s, round %d of %d, %s: %s%n",
                                    rate,
                                    round,
                                    plan.rounds(),
                                    side.label(),
                                    cost.held() ? "%.1f µs".formatted(cost.micros()) : "not held");
                            progress.flush();
                        }
                    }
                }
            }
            var table = new CostTable(costs);
            return new Measured(table.markdown(), table.csv());
        } finally {
            remove(folder);
        }
    }

    /// @param markdown for people
    /// @param csv      for programs
    public record Measured(String markdown, String csv) {}

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
