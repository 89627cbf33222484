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
        description = "Measures what a call costs, beside SIPp and a loop without SIP.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./flashcall bench --quick"})
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "10,000 calls a second only: some 5 minutes. The default.")
    boolean quick;

    @Option(names = "--cost", description = "From 2,000 to 20,000 calls a second: some 45 minutes.")
    boolean cost;

    @Option(names = "--install", description = "First install the Debian packages that it needs.")
    boolean install;

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(command, "bench: only the launcher runs it (expected: ./flashcall bench)");
    }
}
