package io.flashcall.engine.agent;

import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.TrunkStatus.GateStatus;
import io.flashcall.engine.TrunkStatus.HostStatus;
import io.flashcall.engine.trunk.TargetHealth;
import io.flashcall.engine.trunk.Trunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every user agent how the trunks stand.
final class TrunkCensus {

    private static final Logger LOG = LoggerFactory.getLogger(TrunkCensus.class);
    private static final long PATIENCE_SECONDS = 2;

    private TrunkCensus() {}

    /// Blocks for a moment; an agent that does not answer is left out.
    static List<TrunkStatus> of(Trunks trunks, List<AgentHandle> agents) {
        var asked = agents.stream().map(TrunkCensus::ask).toList();
        var seen = new ArrayList<Seen>();
        for (var answer : asked) {
            try {
                seen.addAll(answer.join());
            } catch (CompletionException e) {
                LOG.warn("a user agent does not say how its trunks stand: {}", String.valueOf(e.getCause()));
            }
        }
        return trunks.all().stream().map(trunk -> status(trunk, seen)).toList();
    }

    /// One agent's opinion of one host.
    private record Seen(Trunk trunk, String host, TargetHealth.State state, TargetHealth.Reason reason, String detail) {

        static Seen of(Trunk trunk, Hop hop) {
            boolean within = hop.isWithinReach();
            var stream = hop.stream();
            return new Seen(
                    trunk,
                    hop.target.toString(),
                    within ? hop.health.state() : TargetHealth.State.DOWN,
                    within ? hop.health.reason() : TargetHealth.Reason.UNREACHABLE,
                    stream == null ? "" : stream.trouble());
        }
    }

    private static CompletableFuture<List<Seen>> ask(AgentHandle agent) {
        var seen = new ArrayList<Seen>();
        return agent.onLines((lines, now) -> {
                    for (var line : lines) {
                        for (var hop : line.hops()) {
                            // Time may have brought something that nobody has asked for.
                            hop.health.isUsable(now);
                            seen.add(Seen.of(line.trunk, hop));
                        }
                    }
                })
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(_ -> List.copyOf(seen));
    }

    private static TrunkStatus status(Trunk trunk, List<Seen> seen) {
        Map<String, List<Seen>> byHost = new LinkedHashMap<>();
        for (var one : seen) {
            if (one.trunk() == trunk) {
                byHost.computeIfAbsent(one.host(), _ -> new ArrayList<>()).add(one);
            }
        }
        int calls = trunk.isLeaving() ? trunk.liveCalls() : trunk.channelsInUse();
        var hosts = byHost.values().stream().map(TrunkCensus::host).toList();
        var seenNow = trunk.snapshot(System.nanoTime());
        return new TrunkStatus(
                trunk.config(),
                trunk.isLeaving(),
                calls,
                trunk.isRejected(),
                new GateStatus(seenNow.backingOff(), seenNow.withheld(), seenNow.guarded()),
                trunk.registrations(),
                hosts);
    }

    private static HostStatus host(List<Seen> opinions) {
        var worst = opinions.getFirst();
        int up = 0;
        for (var one : opinions) {
            worst = one.state().compareTo(worst.state()) > 0 ? one : worst;
            up += one.state() == TargetHealth.State.UP ? 1 : 0;
        }
        String reason = worst.reason() == TargetHealth.Reason.NONE ? "ok" : word(worst.reason());
        return new HostStatus(worst.host(), word(worst.state()), reason, worst.detail(), up, opinions.size());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
