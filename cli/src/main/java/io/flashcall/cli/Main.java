package io.flashcall.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The `flashcall` command. Each subcommand is a class of its own, registered here and nowhere else.
///
/// Results go to stdout, everything else to stderr. Exit code 2 is bad usage or configuration.
@Command(
        name = "flashcall",
        description = "Rings a phone once over SIP, hangs up before it is answered, and tells how it ended.",
        scope = ScopeType.INHERIT, // every subcommand has --help and --version too
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  ./flashcall completion > ~/.flashcall-completion"},
        subcommands = {TestCommand.class, CompletionCommand.class, HelpCommand.class})
public final class Main {
    private Main() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::badUsage)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int badUsage(ParameterException problem, String... args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(problem.getMessage());
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
