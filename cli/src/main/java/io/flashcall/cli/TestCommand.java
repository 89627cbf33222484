package io.flashcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Stands here for `--help` and completion only: the launcher runs the tests itself, before anything is built.
@Command(
        name = "test",
        description = "Runs every test that CI runs: mvn verify, then each script of e2e/.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./flashcall test --install"})
final class TestCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--install", description = "First install the Debian packages that the tests need.")
    boolean install;

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(command, "test: only the launcher runs it (expected: ./flashcall test)");
    }
}
