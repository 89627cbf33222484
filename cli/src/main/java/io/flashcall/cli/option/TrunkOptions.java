package io.flashcall.cli.option;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.ConfigException;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.config.EffectiveConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The trunk to call over, and how: shared by `place` and `load`.
public final class TrunkOptions {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--trunk",
            required = true,
            paramLabel = "HOST:PORT|NAME",
            description = {
                "Where the call goes: an IP address and port (IPv6 in brackets, perhaps ;transport=tcp or tls), or the"
                        + " name of a trunk in the configuration. An address must be loopback, see"
                        + " --i-own-these-numbers."
            })
    private TrunkText trunk;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration with the trunk called NAME (default: conf/engine.yaml of this project).")
    private @Nullable Path config;

    @Option(
            names = "--i-own-these-numbers",
            description = "Allows an address that is not loopback: the numbers of --from are assigned to you, and the"
                    + " carrier there allows flash calls.")
    private boolean ownedNumbers;

    @Option(
            names = "--local",
            paramLabel = "ADDR[:PORT]",
            description = "Where our side binds (default: loopback for a loopback trunk, else any address; any port).")
    private @Nullable InetSocketAddress local;

    @Option(
            names = "--setup-timeout",
            paramLabel = "DURATION",
            description = "How long to wait for ringing (default: the trunk's; 12s for an address).")
    private @Nullable Duration setupTimeout;

    @Option(
            names = "--drain-timeout",
            defaultValue = "5s",
            paramLabel = "DURATION",
            description = "How long calls may take to end after Ctrl-C or SIGTERM, and how long a call that ended for"
                    + " want of a response is watched over, should one come yet (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout;

    @Mixin
    private CaptureOptions capture;

    /// How long to wait for calls to end once the command is to stop.
    public Duration drainTimeout() {
        Values.requireWithin(spec, "--drain-timeout", drainTimeout, Duration.ZERO, LONGEST_DRAIN);
        return drainTimeout;
    }

    /// The trunk as it was written.
    public String label() {
        return trunk.toString();
    }

    /// The engine's configuration with this trunk alone.
    ///
    /// @param from  the caller ids that will be shown
    /// @param ring  null: the trunk's own ring time
    /// @param sizes how many user agents and slots such calls need
    /// @throws picocli.CommandLine.ParameterException saying what is wrong with an option or the configuration
    public EngineConfig engine(CallerIds.Range from, @Nullable Duration ring, Function<CallPolicy, AgentSizes> sizes) {
        if (ring != null) {
            Values.requireWithin(spec, "--ring", ring, Duration.ZERO, CallRequest.LONGEST_RING);
        }
        if (setupTimeout != null) {
            Values.requireWithin(
                    spec, "--setup-timeout", setupTimeout, CallRequest.SHORTEST_SETUP, CallRequest.LONGEST_SETUP);
        }
        var wish = new TrunkWish(from, ring, setupTimeout, local, sizes);
        try {
            var config = switch (trunk) {
                case TrunkText.Address address -> wish.adHoc(allowed(address.target()));
                case TrunkText.Name name -> wish.configured(name.name(), configFile());
            };
            return config.withCapture(capture.over(config.capture()));
        } catch (ConfigException e) {
            throw Values.bad(spec, "Invalid value for option '--pcap' or '--hep': " + e.getMessage());
        } catch (ConfigFileException | OptionException e) {
            throw Values.bad(spec, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Values.bad(spec, "Invalid value for option '--trunk': " + e.getMessage());
        }
    }

    /// Shows on stderr what a trunk of the configuration comes to, numbers masked; an address has nothing to show.
    public void showEffective(EngineConfig config) {
        if (trunk instanceof TrunkText.Name) {
            spec.commandLine().getErr().print(EffectiveConfig.print(config));
            spec.commandLine().getErr().flush();
        }
    }

    /// Nobody should put a stranger's number on a stranger's screen by a slip of the keyboard.
    private SipTarget allowed(SipTarget target) {
        if (ownedNumbers || target.isLoopback()) {
            return target;
        }
        throw new IllegalArgumentException(trunk + " (expected: a loopback address, because a number shown to others"
                + " must be yours to show; if those of --from are assigned to you, add --i-own-these-numbers, or name"
                + " a trunk of the configuration, which lists its caller_ids)");
    }

    private Path configFile() {
        var home = Path.of(System.getProperty("flashcall.home", ""));
        return config == null ? home.resolve("conf", "engine.yaml") : config;
    }
}
