package io.flashcall.cli.option;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.EngineConfigReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One trunk to call over, as a command line asks for it.
///
/// @param from  the caller ids that will be shown: an ad-hoc trunk owns these and no others
/// @param ring  null: the trunk's own ring time
/// @param setup null: the trunk's own setup timeout
/// @param local null: chosen by the trunk, or the configuration's
/// @param sizes how many user agents and slots these calls need
record TrunkWish(
        CallerIds.Range from,
        @Nullable Duration ring,
        @Nullable Duration setup,
        @Nullable InetSocketAddress local,
        Function<CallPolicy, AgentSizes> sizes) {

    private static final String AD_HOC = "ad-hoc";
    private static final int MOST_CHANNELS = 4_000_000;
    private static final int HIGHEST_PACE = 100_000;

    /// An engine for a trunk that is nothing but an address: caller id in From alone, no cap, no pace.
    EngineConfig adHoc(SipTarget target) {
        var calls = new CallPolicy(
                CallPolicy.DEFAULT.ringPolicy(),
                CallPolicy.DEFAULT.ringTime(),
                CallPolicy.DEFAULT.setupTimeout(),
                MOST_CHANNELS,
                HIGHEST_PACE);
        var trunk = new TrunkConfig(
                AD_HOC,
                PeerConfig.at(target),
                new CallerIds(List.of(from), true),
                NumberPolicy.PLUS_E164,
                adjusted(calls));
        var agents = agents(near(target), false, List.of(), sizes.apply(trunk.calls()));
        return new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk));
    }

    /// An engine for a trunk of a configuration, whose cap and pace hold.
    ///
    /// @throws IllegalArgumentException when the file has no such trunk, or advertises too few addresses
    /// @throws io.flashcall.server.config.ConfigFileException naming every problem of the file
    EngineConfig configured(String name, Path file) {
        var config = EngineConfigReader.read(file);
        var trunk = config.trunks().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not in " + file + " (expected: "
                        + config.trunks().stream().map(TrunkConfig::name).collect(Collectors.joining(" or "))
                        + ", or HOST:PORT)"));
        var mine = trunk.withCalls(adjusted(trunk.calls()));
        var theirs = config.userAgents();
        var size = sizes.apply(mine.calls());
        boolean shared = theirs.sharedPort();
        var advertised = advertised(theirs.advertised(), shared ? 1 : size.count(), file);
        var agents = agents(theirs.local(), shared, advertised, size);
        return new EngineConfig(
                agents, config.timers(), config.dns(), config.capture().ofTrunk(name), List.of(mine));
    }

    /// Without the address that a NAT shows for it, an agent would send messages that nobody can answer.
    private static List<String> advertised(List<String> all, int agents, Path file) {
        if (all.isEmpty() || all.size() >= agents) {
            return all.subList(0, Math.min(agents, all.size()));
        }
        throw new OptionException(
                "--agents", agents, "1 to " + all.size() + ", as many as advertised lists in " + file);
    }

    private CallPolicy adjusted(CallPolicy calls) {
        return new CallPolicy(
                calls.ringPolicy(),
                ring == null ? calls.ringTime() : ring,
                setup == null ? calls.setupTimeout() : setup,
                calls.maxChannels(),
                calls.callsPerSecond());
    }

    private UserAgentConfig agents(InetSocketAddress usual, boolean shared, List<String> advertised, AgentSizes size) {
        return new UserAgentConfig(
                size.count(),
                local == null ? usual : local,
                shared,
                advertised,
                size.maxCalls(),
                size.eventCapacity(),
                size.receiveBuffer());
    }

    private static InetSocketAddress near(SipTarget target) {
        boolean six = target.host().startsWith("[");
        if (target.isLoopback()) {
            return Addresses.parse(six ? target.host() + ":0" : "127.0.0.1:0", 0);
        }
        return Addresses.parse(six ? "[::]:0" : "0.0.0.0:0", 0);
    }
}
