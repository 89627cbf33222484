package io.flashcall.cli.carrier;

import io.flashcall.cli.handset.HandsetRoutes;
import io.flashcall.cli.handset.Handsets;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.cli.web.LocalServer;
import io.flashcall.server.config.Addresses;
import io.flashcall.testbed.BatchReflector;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierCounters;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.CarrierTimers;
import io.flashcall.testbed.OptionsAnswer;
import io.flashcall.testbed.Overload;
import io.flashcall.testbed.RingListener;
import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.BehaviourTable;
import io.flashcall.testbed.behaviour.CarrierScript;
import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.digest.DigestPolicy;
import io.flashcall.testbed.registrar.RegistrarPolicy;
import io.flashcall.testbed.stream.StreamTerms;
import io.flashcall.testbed.stream.TlsTerms;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A scripted far end, so that `place` and `load` have somebody to call.
@Command(
        name = "carrier",
        description = {
            "Answers calls on UDP, TCP and TLS as a carrier would, or as none should, and judges the caller by RFC 3261.",
            "Ctrl-C or SIGTERM ends it: it then prints what it saw."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The callers broke no rule.",
            "1:They did.",
            "2:Bad usage or configuration.",
            "70:A fault of this program."
        })
public final class CarrierCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int RULES_BROKEN = 1;
    private static final int USUAL_PORT = 5070;

    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--listen",
            converter = ListenConverter.class,
            defaultValue = "127.0.0.1:5070",
            paramLabel = "ADDR[:PORT]",
            description = "Where to listen (default: ${DEFAULT-VALUE}; port 5070 unless given, 0: any free one).")
    private InetSocketAddress listen;

    @Option(
            names = "--behaviour",
            defaultValue = "ring",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "What every call meets, by-number, or a sequence (default: ${DEFAULT-VALUE}); see below.")
    private String behaviour;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "YAML: rules by called number, and mixes of behaviours by weight.")
    private @Nullable Path script;

    @Option(
            names = "--tcp",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "KEY=VALUE,...",
            description = "Listen on TCP too, on the same port. pong=false leaves keep-alives unanswered,"
                    + " half-open=true takes connections and reads nothing.")
    private @Nullable String tcp;

    @Option(names = "--tls", paramLabel = "KEY=VALUE,...", description = "Listen on TLS too; see below.")
    private @Nullable String tls;

    @Option(
            names = "--options",
            defaultValue = "200",
            paramLabel = "200|503|silent",
            description = "What an OPTIONS brings (default: ${DEFAULT-VALUE}).")
    private String options;

    @Option(
            names = "--overload",
            paramLabel = "PERCENT",
            description = "Ask callers whose Via has oc to withhold so much (RFC 7339).")
    private @Nullable Integer overload;

    @Option(
            names = "--registrar",
            arity = "0..1",
            fallbackValue = "3600",
            paramLabel = "KEY=VALUE,...",
            description = "Take registrations; see below.")
    private @Nullable String registrar;

    @Option(
            names = "--digest",
            paramLabel = "KEY=VALUE,...",
            description = "Ask callers for credentials (RFC 7616, RFC 8760); see below.")
    private @Nullable String digest;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of every random choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--trace", description = "Print each message whole.")
    private boolean trace;

    @Option(names = "--json", description = "At the end, print one JSON object instead of the table.")
    private boolean json;

    @Option(
            names = "--handsets",
            paramLabel = "ADDR:PORT",
            description =
                    "Serve what the called phones show, over HTTP: /handsets/{number}, /handsets/{number}/next and"
                            + " /rings (port 0: any free one).")
    private @Nullable InetSocketAddress handsets;

    @Option(
            names = "--answer-anyone",
            description = "Allows an address that is not loopback: a carrier there answers whoever asks, and a forged"
                    + " sender's address makes it send to strangers.")
    private boolean answerAnyone;

    /// Reads an address whose usual port is the one that trunks are tried with.
    static final class ListenConverter implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) throws Exception {
            return Values.read(address -> Addresses.parse(address, USUAL_PORT)).convert(text);
        }
    }

    public CarrierCommand(StopSignal stop) {
        this.stop = stop;
    }

    /// The command with a help that lists what the testbed knows; nothing is listed before somebody asks for it.
    public static CommandLine commandLine(StopSignal stop) {
        var command = new CommandLine(new CarrierCommand(stop));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, _ -> footer());
        return command;
    }

    private static String footer() {
        return """

                Behaviours, with their parameters and defaults:
                %s
                --digest, with its defaults:
                %s
                --tls, with its defaults:
                %s
                --registrar, with its defaults:
                %s
                --behaviour by-number: the last three digits of the called number choose:
                %s
                Example:
                  ./flashcall carrier --listen 127.0.0.1:5070 --behaviour ring:pdd=200ms
                """.formatted(
                        Behaviour.describeAll(),
                        DigestPolicy.describe(),
                        TlsTerms.describe(),
                        RegistrarPolicy.describe(),
                        BehaviourTable.table());
    }

    @Override
    public Integer call() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        stop.on(PATIENCE, stopped::countDown);
        var out = spec.commandLine().getOut();
        var displays = new Handsets(InstantSource.system());
        var config = config(displays);
        var load = Optional.ofNullable(overload).map(this::load);
        if (BatchReflector.suits(config) && handsets == null && load.isEmpty()) {
            return reflect(config, stopped);
        }
        try (var carrier = Carrier.start(config);
                var web = handsets == null ? null : serve(handsets, displays)) {
            out.println("carrier " + config.dialplan().describe() + " on " + Addresses.text(carrier.address()));
            load.ifPresent(carrier::overload);
            if (tcp != null) {
                out.println("TCP on " + Addresses.text(carrier.address()));
            }
            if (tls != null) {
                out.println("TLS on " + Addresses.text(carrier.tlsAddress()));
            }
            if (web != null) {
                out.println("handsets on " + web.url());
            }
            out.flush();
            stopped.await();
            var counters = carrier.counters();
            tell(counters);
            carrier.violations()
                    .forEach(violation -> spec.commandLine().getErr().println(violation));
            return counters.violationCount() == 0 ? 0 : RULES_BROKEN;
        } catch (UncheckedIOException e) {
            throw taken(e);
        }
    }

    /// Who only reflects is a far end for loads, and has to keep up.
    private int reflect(CarrierConfig config, CountDownLatch stopped) throws InterruptedException {
        try (var reflector = BatchReflector.start(listen)) {
            var out = spec.commandLine().getOut();
            out.println("carrier " + config.dialplan().describe() + " on " + Addresses.text(reflector.address()));
            out.flush();
            stopped.await();
            tell(reflector.counters());
            return 0;
        } catch (UncheckedIOException e) {
            throw taken(e);
        }
    }

    private void tell(CarrierCounters counters) {
        var out = spec.commandLine().getOut();
        out.println(
                json
                        ? CarrierSummary.json(counters)
                        : CarrierSummary.table(counters).stripTrailing());
        out.flush();
    }

    private ParameterException taken(UncheckedIOException e) {
        return bad(
                "--listen",
                Addresses.text(listen),
                Objects.requireNonNullElse(e.getCause(), e).getMessage() + "; expected: a free address of this"
                        + " machine");
    }

    private LocalServer serve(InetSocketAddress address, Handsets displays) {
        try {
            return LocalServer.start(address, new HandsetRoutes(displays)::add);
        } catch (UncheckedIOException e) {
            throw bad("--handsets", Addresses.text(address), "expected: a free address of this machine");
        }
    }

    private CarrierConfig config(Handsets displays) {
        requireLoopback("--listen", listen);
        if (handsets != null) {
            requireLoopback("--handsets", handsets);
        }
        var rings = handsets == null ? RingListener.NONE : displays;
        var listeners = new CarrierConfig.Listeners(
                trace ? new CarrierTrace(spec.commandLine().getOut())::print : CarrierConfig.NO_TRACE, rings);
        return new CarrierConfig(listen, dialplan(), seed, CarrierTimers.RFC_3261, listeners, terms());
    }

    private void requireLoopback(String option, InetSocketAddress address) {
        if (!answerAnyone && !address.getAddress().isLoopbackAddress()) {
            throw bad(
                    option,
                    Addresses.text(address),
                    "expected: a loopback address, because a carrier answers whoever asks; or add --answer-anyone");
        }
    }

    private CarrierTerms terms() {
        var terms = CarrierTerms.NONE.withOptions(read("--options", options, CarrierCommand::optionsAnswer));
        if (digest != null) {
            terms = read("--digest", digest, terms::withDigest);
        }
        if (registrar != null) {
            terms = read("--registrar", registrar, terms::withRegistrar);
        }
        if (tcp != null) {
            terms = terms.withTcp().withStreams(read("--tcp", tcp, StreamTerms::parse));
        }
        return tls == null ? terms : terms.withTls(read("--tls", tls, TlsTerms::parse));
    }

    private static OptionsAnswer optionsAnswer(String value) {
        return switch (value) {
            case "200" -> OptionsAnswer.OK;
            case "503" -> OptionsAnswer.UNAVAILABLE;
            case "silent" -> OptionsAnswer.SILENT;
            default -> throw new IllegalArgumentException("'" + value + "' (expected: 200, 503 or silent)");
        };
    }

    private Overload load(int percent) {
        if (percent < 0 || percent > 100) {
            throw bad("--overload", Integer.toString(percent), "expected: 0 to 100");
        }
        double sequence = System.currentTimeMillis() / 1000.0;
        return new Overload("loss", percent, Duration.ofMinutes(1), sequence);
    }

    private <T> T read(String option, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw Values.bad(spec, "Invalid value for option '" + option + "': " + e.getMessage());
        }
    }

    private Dialplan dialplan() {
        try {
            return script == null ? Dialplan.parse(behaviour) : CarrierScript.load(script);
        } catch (IllegalArgumentException e) {
            throw Values.bad(
                    spec,
                    "Invalid value for option '" + (script == null ? "--behaviour" : "--script") + "': "
                            + e.getMessage());
        } catch (UncheckedIOException e) {
            throw bad("--script", String.valueOf(e.getMessage()), "expected: a YAML file");
        }
    }

    private ParameterException bad(String option, String value, String why) {
        return Values.bad(spec, "Invalid value for option '" + option + "': " + value + " (" + why + ")");
    }
}
