package io.flashcall.cli;

import io.flashcall.cli.carrier.CarrierCommand;
import io.flashcall.cli.demo.DemoCommand;
import io.flashcall.cli.erase.EraseCommand;
import io.flashcall.cli.keys.KeysCommand;
import io.flashcall.cli.load.LoadCommand;
import io.flashcall.cli.loadapi.LoadApiCommand;
import io.flashcall.cli.option.EngineStarter;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.place.PlaceCommand;
import io.flashcall.cli.serve.ServeCommand;
import io.flashcall.cli.serve.ServiceStarter;
import io.flashcall.cli.serve.WiredService;
import io.flashcall.cli.terminal.ProcessStop;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.cli.verify.VerifyCommand;
import io.flashcall.engine.Engine;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `flashcall` command. Each subcommand is a class of its own, registered here and nowhere else.
///
/// Results go to stdout, everything else to stderr. Exit code 2 is bad usage or configuration, 70 a fault of ours
/// (`EX_SOFTWARE`), so that it cannot be taken for a call's outcome.
@Command(
        name = "flashcall",
        description = "Rings a phone once over SIP, hangs up before it is answered, and tells how it ended.",
        scope = ScopeType.INHERIT, // every subcommand has --help and --version too
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  ./flashcall carrier &",
            "  ./flashcall place --to +442079460123 --from +12025550123 --trunk 127.0.0.1:5070"
        })
public final class Main {
    private static final int FAULT = 70;
    private static final int WIDTH = 100;

    private Main() {}

    public static void main(String... args) {
        var stop = new ProcessStop();
        var keyboard = new InputStreamReader(System.in, stdin());
        stop.exit(commandLine(new Outside(Engine::start, WiredService::start, keyboard, stop))
                .execute(args));
    }

    /// What the commands work with that is not theirs; a test has its own.
    ///
    /// @param engines  what `place` and `load` call with
    /// @param services what `serve` and `demo` run
    /// @param keyboard what somebody types
    /// @param stop     how they hear of Ctrl-C
    record Outside(EngineStarter engines, ServiceStarter services, Reader keyboard, StopSignal stop) {}

    static CommandLine commandLine(EngineStarter engines, StopSignal stop) {
        return commandLine(new Outside(engines, WiredService::start, Reader.nullReader(), stop));
    }

    static CommandLine commandLine(Outside outside) {
        var engines = outside.engines();
        var services = outside.services();
        var stop = outside.stop();
        var command = new CommandLine(new Main())
                .addSubcommand(new DemoCommand(services, stop))
                .addSubcommand(new ServeCommand(services, stop))
                .addSubcommand(new VerifyCommand(outside.keyboard(), stop))
                .addSubcommand(new PlaceCommand(engines, stop))
                .addSubcommand(new LoadCommand(engines, stop))
                .addSubcommand(CarrierCommand.commandLine(stop))
                .addSubcommand(new LoadApiCommand(stop))
                .addSubcommand(new KeysCommand())
                .addSubcommand(new EraseCommand())
                .addSubcommand(new TestCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand())
                .setParameterExceptionHandler(Main::badUsage)
                .setExecutionExceptionHandler(Main::fault)
                .setUsageHelpWidth(WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true);
        Values.teach(command);
        return command;
    }

    private static Charset stdin() {
        var name = System.getProperty("stdin.encoding", "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    private static int badUsage(ParameterException problem, String... args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int fault(Exception fault, CommandLine command, ParseResult parsed) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace, true));
        command.getErr().println("flashcall failed; please report this:");
        command.getErr().print(trace);
        command.getErr().flush();
        return FAULT;
    }
}
