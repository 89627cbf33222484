package io.flashcall.cli.loadapi;

import io.flashcall.cli.load.OpenLoop;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs whole verifications at a steady rate, and sums up how they went.
@Command(
        name = "load-api",
        description = {
            "Runs whole verifications through the API at a steady rate: start, ring, check, verified, webhook.",
            "Without --url it starts a service, a carrier and handsets of its own, and ends them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All were verified, and all webhooks came.",
            "1:They were not, or did not.",
            "2:Bad usage or configuration.",
            "70:A fault of this program."
        },
        footer = {"", "Example:", "  ./flashcall load-api --rate 100 --duration 10s"})
public final class LoadApiCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int NOT_CLEAN = 1;
    private static final int HIGHEST_RATE = 10_000;
    private static final long MOST_SESSIONS = 10_000_000;
    private static final int MOST_LANES = 1_024;

    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false)
    private @Nullable Given given;

    @Option(names = "--rate", required = true, paramLabel = "N", description = "Starts a second, up to 10000.")
    private double rate;

    @Option(names = "--duration", required = true, paramLabel = "DURATION", description = "How long to start sessions.")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            description = "Start sessions for this long before, which are not counted but must go well (default: 0s;"
                    + " 5s where the service is our own, since it begins cold).")
    private @Nullable Duration warmUp;

    @Option(
            names = "--think",
            defaultValue = "2s",
            paramLabel = "DURATION",
            description = "From the first ring until its code is entered (default: ${DEFAULT-VALUE}).")
    private Duration think;

    @Option(
            names = "--grace",
            defaultValue = "30s",
            paramLabel = "DURATION",
            description = "How long to wait for what is open after the last start (default: ${DEFAULT-VALUE}).")
    private Duration grace;

    @Option(
            names = "--connections",
            defaultValue = "64",
            paramLabel = "N",
            description = "To the service, at most (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--every-event",
            description =
                    "Receive every event rather than the final ones, and count those that overtake another of their"
                            + " verification.")
    private boolean everyEvent;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    /// A service that is there already.
    static final class Given {
        @Option(
                names = "--url",
                required = true,
                paramLabel = "URL",
                description =
                        "Of the service; with several, its nodes: a verification is checked at another one than it was"
                                + " started at, and a request that gets no answer goes to another.")
        private List<URI> urls = List.of();

        @Option(names = "--key", required = true, paramLabel = "KEY", description = "A server key of an app.")
        private String key = "";

        @Option(
                names = "--handsets",
                required = true,
                paramLabel = "URL",
                description = "What carrier --handsets said.")
        private URI handsets = URI.create("");

        @Option(
                names = "--webhooks",
                defaultValue = "127.0.0.1:0",
                paramLabel = "ADDR:PORT",
                description = "Where to receive webhooks (default: ${DEFAULT-VALUE}, port 0: any free one).")
        private InetSocketAddress webhooks = new InetSocketAddress(0);
    }

    public LoadApiCommand(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        var schedule = schedule(duration);
        try {
            if (given != null) {
                var target = new ApiTarget(given.urls, given.key, given.handsets, given.webhooks, everyEvent);
                return run(target, schedule, Duration.ZERO, Map.of());
            }
            try (var playground = Playground.start()) {
                return run(
                        playground.target().withEveryEvent(everyEvent),
                        schedule,
                        Duration.ofSeconds(5),
                        playground.cpu());
            }
        } catch (IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return NOT_CLEAN;
        }
    }

    private int run(ApiTarget target, OpenLoop schedule, Duration usualWarmUp, Map<String, Supplier<Duration>> others)
            throws IOException, InterruptedException {
        var warming = warmUp == null ? usualWarmUp : warmUp;
        long firstTo = Destinations.first(System.currentTimeMillis());
        var shares = new LinkedHashMap<>(others);
        if (!shares.isEmpty()) {
            shares.put(
                    "client",
                    () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        }
        try (var run = new ApiRun(target)) {
            stop.on(PATIENCE, run::stop);
            if (warming.isPositive()) {
                var warmed = run.run(plan(schedule(warming), firstTo), new CpuShares(Map.of()));
                firstTo += warmed.planned();
                if (!warmed.clean()) {
                    spec.commandLine().getErr().println("The warm-up went wrong:");
                    return tell(warmed);
                }
            }
            return tell(run.run(plan(schedule, firstTo), new CpuShares(shares)));
        }
    }

    private ApiPlan plan(OpenLoop schedule, long firstTo) {
        return new ApiPlan(schedule, firstTo, think, grace, connections);
    }

    private int tell(ApiReport report) {
        var out = spec.commandLine().getOut();
        out.println(json ? ApiReportView.json(report) : ApiReportView.table(report));
        out.flush();
        return report.clean() ? 0 : NOT_CLEAN;
    }

    private OpenLoop schedule(Duration length) {
        require(rate > 0 && rate <= HIGHEST_RATE, "--rate", rate, "more than 0, up to " + HIGHEST_RATE);
        require(connections >= 1 && connections <= MOST_LANES, "--connections", connections, "1 to " + MOST_LANES);
        long sessions = Math.round(rate * length.toNanos() / 1e9);
        require(
                sessions >= 1 && sessions <= MOST_SESSIONS,
                "--rate, --duration",
                sessions + " sessions",
                "1 to " + MOST_SESSIONS);
        return new OpenLoop(rate, sessions);
    }

    private void require(boolean ok, String option, Object value, String expected) {
        if (!ok) {
            throw Values.bad(
                    spec, "Invalid value for option '" + option + "': " + value + " (expected: " + expected + ")");
        }
    }
}
