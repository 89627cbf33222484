package io.flashcall.engine.agent;

import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.trunk.Target;
import io.flashcall.engine.trunk.TargetSet;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.dns.AddressFamilies;
import io.flashcall.engine.trunk.dns.CarrierLocator;
import io.flashcall.engine.trunk.dns.DnsClient;
import io.flashcall.engine.trunk.dns.DnsJavaClient;
import io.flashcall.engine.trunk.dns.Located;
import io.flashcall.engine.trunk.dns.TargetWatcher;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// Looks up where the trunks are that have a name, and goes on looking (RFC 3263). One watcher for each; none for an
/// address.
final class TrunkLocators implements AutoCloseable {

    /// How long a start waits for name servers that do not answer; the trunks begin without hosts then.
    private static final Duration FIRST_LOOK = Duration.ofSeconds(3);

    private final CarrierLocator locator;
    private final Predicate<Trunk> moved;

    // Guarded by this.
    private final Map<Trunk, TargetWatcher> watchers = new HashMap<>();
    private boolean closed;

    /// @param bound where the agents are bound, which tells the IP versions that they can reach
    /// @param moved is told of each trunk that has other hosts than before, on a thread that may wait; says whether
    ///              all of them can be used now, and is told again if not
    TrunkLocators(DnsConfig config, InetAddress bound, Predicate<Trunk> moved) {
        this.moved = moved;
        locator = new CarrierLocator(client(config), AddressFamilies.of(bound));
    }

    /// Looks for those that have a name from now on, and waits for the first look-up of all, which go on side by
    /// side.
    void watch(List<Trunk> trunks) {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var trunk : trunks) {
                if (TargetSet.of(trunk.config().peer().target()).isEmpty()) {
                    var watcher = watcher(trunk);
                    keep(trunk, watcher);
                    var _ = all.submit(() -> watcher.start(FIRST_LOOK));
                }
            }
        }
    }

    private TargetWatcher watcher(Trunk trunk) {
        var peer = trunk.config().peer();
        var watcher = TargetWatcher.ofSystem(
                trunk.config().name(), before -> locator.locate(peer.target(), peer.transports(), before), located -> {
                    trunk.targets(set(located));
                    return moved.test(trunk);
                });
        // Asked by event loops, which take no locks.
        trunk.searchedBy(() -> Thread.startVirtualThread(watcher::refreshNow));
        return watcher;
    }

    private synchronized void keep(Trunk trunk, TargetWatcher watcher) {
        if (closed) {
            watcher.close();
        } else {
            watchers.put(trunk, watcher);
        }
    }

    /// Looks for that trunk no more.
    synchronized void forget(Trunk trunk) {
        var watcher = watchers.remove(trunk);
        if (watcher != null) {
            watcher.close();
        }
    }

    private static DnsClient client(DnsConfig config) {
        return config.servers().isEmpty()
                ? DnsJavaClient.ofSystem()
                : DnsJavaClient.of(config.servers(), config.timeout());
    }

    private static TargetSet set(Located located) {
        return new TargetSet(located.targets().stream()
                .map(found -> new Target(found.address(), found.transport(), found.priority(), found.weight()))
                .toList());
    }

    @Override
    public synchronized void close() {
        closed = true;
        watchers.values().forEach(TargetWatcher::close);
    }
}
