package io.flashcall.cli.load;

import io.flashcall.cli.option.EngineStarter;
import io.flashcall.cli.option.TrunkOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.cli.terminal.Terminal;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.server.config.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Places flash calls at a steady rate, whatever becomes of them, and sums up how they ended.
@Command(
        name = "load",
        description = {
            "Places flash calls at a steady rate, whatever becomes of them, and sums up how they ended.",
            "Ctrl-C or SIGTERM: places no more, hangs up, and tells what was left."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every call came to a definite end (no response within the setup timeout is one), and none"
                    + " was refused.",
            "1:It did not.",
            "2:Bad usage or configuration.",
            "70:A fault of this program."
        },
        footer = {
            "",
            "Example, with ./flashcall carrier --behaviour reflect running in another terminal:",
            "  ./flashcall load --trunk 127.0.0.1:5070 --rate 500 --calls 5000 \\",
            "      --from +120255501xx --to +442079460xxx"
        })
public final class LoadCommand implements Callable<Integer> {

    private static final Duration PATIENCE_BEYOND_DRAIN = Duration.ofMillis(900);
    private static final int NOT_CLEAN = 1;
    private static final int HIGHEST_RATE = 100_000;
    private static final int MOST_AGENTS = 64;

    private static final Duration LONGEST_RAMP = Duration.ofHours(1);

    private final EngineStarter engines;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrunkOptions trunk;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "PATTERN",
            converter = PatternConverter.class,
            description = "Caller ids; each x is a digit of the call's number, counted from 0.")
    private NumberPattern from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PATTERN",
            converter = PatternConverter.class,
            description = "Called numbers, with x as in --from.")
    private NumberPattern to;

    @Option(names = "--rate", required = true, paramLabel = "N", description = "Calls a second, up to 100000.")
    private double rate;

    @Option(
            names = "--ramp",
            defaultValue = "0s",
            paramLabel = "DURATION",
            description = "Until the rate has its full height; it grows evenly (default: ${DEFAULT-VALUE}).")
    private Duration ramp;

    @ArgGroup(multiplicity = "1")
    private Amount amount = new Amount();

    @Option(
            names = "--ring",
            defaultValue = "0ms",
            paramLabel = "DURATION",
            description = "How long to let each ring (default: ${DEFAULT-VALUE}).")
    private Duration ring;

    @Option(
            names = "--agents",
            defaultValue = "1",
            paramLabel = "N",
            description = "User agents, each with an event loop and a port (default: ${DEFAULT-VALUE}).")
    private int agents;

    @Option(
            names = "--max-in-flight",
            defaultValue = "4000000",
            paramLabel = "N",
            description = "Calls at once; a call that is due waits until another ends, and catches up later.")
    private long maxInFlight;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a row for each second.")
    private @Nullable Path csv;

    /// How many calls: one of the two.
    static final class Amount {
        @Option(names = "--calls", required = true, paramLabel = "N", description = "How many calls.")
        private @Nullable Long calls;

        @Option(
                names = "--duration",
                required = true,
                paramLabel = "DURATION",
                description = "How long to place calls.")
        private @Nullable Duration duration;

        long calls(double rate, Duration ramp) {
            long inTime =
                    duration == null ? 0 : Math.round(OpenLoop.placedBy(duration.toNanos(), rate, ramp.toNanos()));
            return calls == null ? inTime : calls;
        }
    }

    /// Reads patterns.
    static final class PatternConverter implements ITypeConverter<NumberPattern> {
        @Override
        public NumberPattern convert(String text) throws Exception {
            return Values.read(NumberPattern::parse).convert(text);
        }
    }

    public LoadCommand(EngineStarter engines, StopSignal stop) {
        this.engines = engines;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        var schedule = schedule();
        var config = trunk.engine(from.range(), ring, new LoadSizing(schedule, agents, maxInFlight)::sizes);
        requireOwned(config.trunks().getFirst());
        trunk.showEffective(config);
        var plan = new LoadPlan(config.trunks().getFirst().name(), from, to, schedule, maxInFlight);
        try {
            return tell(run(config, plan));
        } catch (IOException e) {
            throw Values.bad(spec, e, "a free address for --local, a file to write for --csv");
        }
    }

    private OpenLoop schedule() {
        require(rate > 0 && rate <= HIGHEST_RATE, "--rate", rate, "more than 0, up to " + HIGHEST_RATE);
        require(agents >= 1 && agents <= MOST_AGENTS, "--agents", agents, "1 to " + MOST_AGENTS);
        require(maxInFlight >= 1, "--max-in-flight", maxInFlight, "at least 1");
        require(!ramp.isNegative() && ramp.compareTo(LONGEST_RAMP) <= 0, "--ramp", ramp, "0s to 1h");
        long calls = amount.calls(rate, ramp);
        require(calls >= 1, "--calls, --duration", calls + " calls", "at least one call");
        return new OpenLoop(rate, calls, ramp.toNanos());
    }

    private void require(boolean ok, String option, Object value, String expected) {
        if (!ok) {
            throw Values.bad(
                    spec, "Invalid value for option '" + option + "': " + value + " (expected: " + expected + ")");
        }
    }

    private void requireOwned(TrunkConfig target) {
        boolean owned = target.callerIds().owns(from.range().first())
                && target.callerIds().owns(from.range().last());
        require(
                owned,
                "--from",
                from,
                "numbers that trunk " + trunk.label() + " lists in caller_ids, with" + " flash_calls_allowed: true");
    }

    private LoadReport run(EngineConfig config, LoadPlan plan) throws IOException, InterruptedException {
        var tally = new LoadTally();
        var cpu = CpuMeter.ofProcess();
        var drain = trunk.drainTimeout();
        try (var rows = csv == null ? null : new LoadCsv(csv);
                var engine = engines.start(config, tally, TraceListener.NONE)) {
            var watchers = new ArrayList<LoadWatcher>();
            if (rows != null) {
                watchers.add(rows);
            }
            var screen = screen();
            screen.ifPresent(watchers::add);
            var placer = new Placer(plan, engine, tally, Ticker.SYSTEM, cpu);
            var run = new LoadRun(engine, tally, placer, cpu, watchers);
            stop.on(drain.plus(PATIENCE_BEYOND_DRAIN), run::stop);
            var report = run.run(longestCall(config), drain);
            screen.ifPresent(LoadScreen::clear);
            if (placer.heldBack().isPositive()) {
                say("--max-in-flight held calls back for " + Durations.text(rounded(placer.heldBack())) + ".");
            }
            return report;
        }
    }

    private Optional<LoadScreen> screen() {
        if (json) {
            return Optional.empty();
        }
        var terminal = Terminal.ofProcess();
        var out = spec.commandLine().getOut();
        return terminal.interactive() ? Optional.of(new LoadScreen(out, terminal.width(), rate)) : Optional.empty();
    }

    private int tell(LoadReport report) {
        var ends = report.ends();
        var out = spec.commandLine().getOut();
        out.println(json ? LoadJson.tell(report) : LoadTable.tell(report));
        out.flush();
        report.wire()
                .captures()
                .forEach((to, seen) -> say("%s: %d messages kept, %d dropped, %d sampled out, %d left out, %d failed."
                        .formatted(
                                to,
                                seen.delivered(),
                                seen.dropped(),
                                seen.sampledOut(),
                                seen.leftOut(),
                                seen.failed())));
        if (ends.left() > 0) {
            say(ends.left() + " of " + ends.calls() + " calls were still up when we had to go, without a final"
                    + " response from the trunk.");
        }
        if (ends.unanswered() > 0) {
            say(ends.unanswered() + " calls ended for want of a response; should one come yet, nobody will hang up.");
        }
        return ends.clean() ? 0 : NOT_CLEAN;
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println(sentence);
    }

    /// After which a call can no longer be under way: whatever the peer does, the timers have run out.
    private static Duration longestCall(EngineConfig config) {
        var calls = config.trunks().getFirst().calls();
        return calls.setupTimeout()
                .plus(calls.ringTime())
                .plus(config.timers().timeout().multipliedBy(2))
                .plusSeconds(10);
    }

    private static Duration rounded(Duration duration) {
        return Duration.ofMillis(duration.toMillis());
    }
}
