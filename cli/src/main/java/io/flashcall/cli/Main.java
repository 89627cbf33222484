package io.flashcall.cli;

import io.flashcall.cli.carrier.CarrierCommand;
import io.flashcall.cli.demo.DemoCommand;
import io.flashcall.cli.erase.EraseCommand;
import io.flashcall.cli.export.ExportCommand;
import io.flashcall.cli.health.HealthCommand;
import io.flashcall.cli.keys.KeysCommand;
import io.flashcall.cli.load.LoadCommand;
import io.flashcall.cli.loadapi.LoadApiCommand;
import io.flashcall.cli.maintain.BackupCommand;
import io.flashcall.cli.maintain.MigrateCommand;
import io.flashcall.cli.option.EngineStarter;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.place.PlaceCommand;
import io.flashcall.cli.reload.ReloadCommand;
import io.flashcall.cli.serve.ServeCommand;
import io.flashcall.cli.serve.ServiceStarter;
import io.flashcall.cli.serve.WiredService;
import io.flashcall.cli.terminal.ProcessReload;
import io.flashcall.cli.terminal.ProcessStop;
import io.flashcall.cli.terminal.ReloadSignal;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.cli.verify.VerifyCommand;
import io.flashcall.engine.Engine;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
        description = "Verifies telephone numbers by a missed call, whose caller id's last digits are the code.",
        scope = ScopeType.INHERIT, // every subcommand has --help and --version too
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example, everything at once, on this machine alone:", "  ./flashcall demo"})
public final class Main {
    private static final int FAULT = 70;
    private static final int WIDTH = 100;
    private static final String COMPLETION = "completion";

    private Main() {}

    public static void main(String... args) {
        var stop = new ProcessStop();
        var keyboard = new InputStreamReader(System.in, stdin());
        var outside = new Outside(Engine::start, WiredService::start, keyboard, stop, new ProcessReload());
        stop.exit(commandLine(outside, args).execute(args));
    }

    /// What the commands work with that is not theirs; a test has its own.
    ///
    /// @param engines  what `place` and `load` call with
    /// @param services what `serve` and `demo` run
    /// @param keyboard what somebody types
    /// @param stop     how they hear of Ctrl-C
    /// @param hangUp   how `serve` hears of SIGHUP
    record Outside(
            EngineStarter engines, ServiceStarter services, Reader keyboard, StopSignal stop, ReloadSignal hangUp) {

        Outside(EngineStarter engines, ServiceStarter services, Reader keyboard, StopSignal stop) {
            this(engines, services, keyboard, stop, ReloadSignal.NONE);
        }
    }

    static CommandLine commandLine(EngineStarter engines, StopSignal stop) {
        return commandLine(new Outside(engines, WiredService::start, Reader.nullReader(), stop));
    }

    /// With every subcommand.
    static CommandLine commandLine(Outside outside) {
        var command = new CommandLine(new Main());
        subcommands(outside).values().forEach(make -> command.addSubcommand(make.get()));
        return dressed(command.addSubcommand(new HelpCommand()));
    }

    /// With the one that is called, if it is one: to read what all of them may take costs more than most of them do.
    static CommandLine commandLine(Outside outside, String... args) {
        var called = args.length == 0 ? null : subcommands(outside).get(args[0]);
        return called == null || args[0].equals(COMPLETION)
                ? commandLine(outside)
                : dressed(new CommandLine(new Main()).addSubcommand(called.get()));
    }

    private static Map<String, Supplier<Object>> subcommands(Outside outside) {
        var engines = outside.engines();
        var services = outside.services();
        var stop = outside.stop();
        var all = new LinkedHashMap<String, Supplier<Object>>();
        all.put("demo", () -> new DemoCommand(services, stop));
        all.put("serve", () -> new ServeCommand(services, stop, outside.hangUp()));
        all.put("reload", ReloadCommand::new);
        all.put("health", HealthCommand::new);
        all.put("keys", KeysCommand::new);
        all.put("verify", () -> new VerifyCommand(outside.keyboard(), stop));
        all.put("erase", EraseCommand::new);
        all.put("export", ExportCommand::new);
        all.put("migrate", MigrateCommand::new);
        all.put("backup", BackupCommand::new);
        all.put("place", () -> new PlaceCommand(engines, stop));
        all.put("load", () -> new LoadCommand(engines, stop));
        all.put("load-api", () -> new LoadApiCommand(stop));
        all.put("carrier", () -> CarrierCommand.commandLine(stop));
        all.put("test", TestCommand::new);
        all.put("bench", BenchCommand::new);
        all.put(COMPLETION, CompletionCommand::new);
        return all;
    }

    private static CommandLine dressed(CommandLine command) {
        command.setParameterExceptionHandler(Main::badUsage)
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
