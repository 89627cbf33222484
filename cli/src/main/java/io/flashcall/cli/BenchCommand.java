package io.flashcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Stands here for the list of commands and completion only: the launcher builds the benchmarks and runs them.
@Command(
        name = "bench",
        description = "Measures what a call costs, beside SIPp, JAIN-SIP and a loop without SIP.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./flashcall bench --quick"})
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "10,000 calls a second, each side once: five minutes. The default.")
    boolean quick;

    @Option(names = "--full", description = "All but the soak: two hours; goes on where it was cut off.")
    boolean full;

    @Option(names = "--soak", description = "Half an hour at half of the ceiling.")
    boolean soak;

    @Option(names = "--guard", description = "Fail if the cost has grown grossly since it was recorded: a minute.")
    boolean guard;

    @Option(names = "--only", paramLabel = "SECTION", description = "Of these sections only.")
    String only = "";

    @Option(names = "--install", description = "First install the Debian packages that it needs.")
    boolean install;

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(command, "bench: only the launcher runs it (expected: ./flashcall bench)");
    }
}
