package io.flashcall.benchmarks;

import io.flashcall.benchmarks.caller.Guard;
import io.flashcall.benchmarks.journal.Journal;
import io.flashcall.benchmarks.rig.Rig;
import io.flashcall.benchmarks.section.Bench;
import io.flashcall.benchmarks.section.Extent;
import io.flashcall.benchmarks.section.Section;
import io.flashcall.benchmarks.section.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `flashcall bench`: measures what a flash call costs, here and elsewhere, and writes it down.
@Command(
        name = "flashcall bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures flash calls: the engine beside SIPp, JAIN-SIP and loops without SIP, in turn. Callers run on the"
                        + " first processor, the far end on the second. Writes to benchmarks/results/DATE-COMMIT/, and goes on"
                        + " where a run of that commit was cut off.")
public final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Wanted wanted = new Wanted();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description = "Of these only: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Sections.Names.class)
    private List<String> only = List.of();

    @Option(
            names = "--ceiling",
            paramLabel = "CALLS/S",
            description = "What lateness and soak go by where --full has found no ceiling.")
    private int ceiling;

    /// How much: one of these.
    static final class Wanted {
        @Option(names = "--quick", description = "10,000 calls a second, each side once: five minutes. The default.")
        private boolean quick;

        @Option(names = "--full", description = "All but the soak: two hours.")
        private boolean full;

        @Option(names = "--soak", description = "Half an hour at half of the ceiling, which --full has found.")
        private boolean soak;

        @Option(names = "--guard", description = "Fail if the cost has grown grossly since it was recorded: a minute.")
        private boolean guard;

        Extent extent() {
            if (quick || !(full || soak)) {
                return Extent.QUICK;
            }
            return full ? Extent.FULL : Extent.SOAK;
        }
    }

    public BenchCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).setUsageHelpWidth(100).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var home = Path.of(System.getProperty("flashcall.home", ".")).toAbsolutePath();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (wanted.guard) {
            return Guard.run(out);
        }
        if (ceiling < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--ceiling: " + ceiling + " (expected: calls a second, 0 for none)");
        }
        var sections = sections();
        var machine = Machine.here(home);
        err.println(machine);
        var folder = folder(home.resolve("benchmarks/results"), machine.commit());
        Files.createDirectories(folder);
        var extent = wanted.extent();
        try (var rig = Rig.open(home, System.getProperty("java.class.path"), folder)) {
            var figures = folder.resolve("figures.csv");
            if (!machine.isOfACommit()) {
                // What was measured before may have been of other code.
                Files.deleteIfExists(figures);
            }
            var bench = new Bench(rig, Journal.open(figures), err, ceiling);
            String report = "";
            for (var section : sections) {
                section.run(bench, extent);
                report = write(bench, machine, folder);
            }
            out.println(report);
        }
        out.println("written to " + home.relativize(folder));
        out.flush();
        return 0;
    }

    private List<Section> sections() {
        try {
            return Sections.named(only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /// Of a run of that commit that there was before, or a new one.
    private static Path folder(Path results, String commit) throws IOException {
        Files.createDirectories(results);
        try (Stream<Path> before = Files.list(results)) {
            return before.filter(folder -> folder.getFileName().toString().endsWith("-" + commit))
                    .max(Comparator.naturalOrder())
                    .orElseGet(() -> results.resolve(LocalDate.now(ZoneOffset.UTC) + "-" + commit));
        }
    }

    private static String write(Bench bench, Machine machine, Path folder) throws IOException {
        var report = new StringBuilder("# What a flash call costs\n\n" + machine + "\n");
        for (Section section : Sections.all()) {
            String table = section.markdown(bench);
            if (table.isEmpty()) {
                continue;
            }
            report.append("\n## ").append(section.title()).append("\n\n").append(table);
            for (var plot : section.plots(bench).entrySet()) {
                Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
                report.append("\n![")
                        .append(section.title())
                        .append("](")
                        .append(plot.getKey())
                        .append(")\n");
            }
        }
        Files.writeString(folder.resolve("README.md"), report);
        return report.toString();
    }
}
