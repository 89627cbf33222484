package io.flashcall.benchmarks;

import io.flashcall.benchmarks.cost.CostBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `flashcall bench`: measures what a flash call costs, here and elsewhere, and writes it down.
@Command(
        name = "flashcall bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures the CPU time of a flash call: the engine, SIPp, and a loop without SIP, with and without GSO,"
                        + " in turn against one far end. Callers run on the first processor, the far end on the second. Writes a"
                        + " table and CSV to benchmarks/results/DATE-COMMIT/.")
public final class BenchCommand implements Callable<Integer> {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final CostBench.Plan QUICK = new CostBench.Plan(List.of(10_000), 2, WARM_UP, WINDOW);
    private static final CostBench.Plan COST =
            new CostBench.Plan(List.of(2_000, 5_000, 10_000, 20_000), 5, WARM_UP, WINDOW);

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "10,000 calls a second only, twice: some 5 minutes. The default.")
    private boolean quick;

    @Option(names = "--cost", description = "2,000, 5,000, 10,000 and 20,000 calls a second, 5 times: some 45 minutes.")
    private boolean cost;

    public BenchCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).setUsageHelpWidth(100).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("flashcall.home", ".")).toAbsolutePath();
        var machine = Machine.here(home);
        var err = spec.commandLine().getErr();
        err.println(machine);
        var measured = CostBench.run(cost && !quick ? COST : QUICK, home, System.getProperty("java.class.path"), err);
        var folder = home.resolve("benchmarks/results").resolve(LocalDate.now(ZoneOffset.UTC) + "-" + machine.commit());
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("cost.csv"), measured.csv());
        Files.writeString(
                folder.resolve("README.md"), "# Cost of a flash call\n\n" + machine + "\n\n" + measured.markdown());
        var out = spec.commandLine().getOut();
        out.println(measured.markdown());
        out.println("written to " + home.relativize(folder));
        out.flush();
        return 0;
    }
}
