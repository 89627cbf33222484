package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import io.flashcall.engine.trunk.dns.ServiceSearch.Outcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds a carrier's servers (RFC 3263 §4): from the URI alone, by NAPTR, SRV and address records. Keeps
/// nothing between two searches; any number of threads, but no event loop's, for it waits for DNS.
///
/// | target has | asked for |
/// |---|---|
/// | an IP address | nothing |
/// | a port | A, AAAA |
/// | a transport, no port | SRV of that transport; without any A, AAAA |
/// | neither | NAPTR; without any the SRV of each transport; without any A, AAAA |
///
/// Where nothing says which transport, it is UDP if the trunk allows that, else the first that it allows
/// (§4.1).
public final class CarrierLocator {

    private final AddressFamilies families;
    private final ServiceSearch services;
    private final HostSearch hosts;

    /// @param families what the trunk's socket can reach: no others are asked for
    public CarrierLocator(DnsClient dns, AddressFamilies families) {
        this.families = families;
        services = new ServiceSearch(dns);
        hosts = new HostSearch(dns, families);
    }

    /// Looks once. Returns within some seconds whatever DNS does; at once when the thread is interrupted,
    /// which stays set.
    ///
    /// @param allowed at least one; where DNS has no opinion, their order in this set is the preference
    /// @param before  what was found last: keeps its addresses for those hosts whose own DNS fails now
    /// @throws IllegalArgumentException when the target's transport is not allowed
    public Location locate(SipTarget target, Set<SipTransport> allowed, Optional<Located> before) {
        if (allowed.isEmpty()
                || !allowed.containsAll(target.transport().stream().toList())) {
            throw new IllegalArgumentException(
                    "target: " + target + " (expected: a transport that the trunk allows, of " + allowed + ")");
        }
        var transport = target.transport().orElseGet(() -> usual(allowed));
        int port = target.port().orElse(transport.defaultPort());
        if (target.isAddress()) {
            return literal(target, port, transport);
        }
        if (target.port().isPresent()) {
            return resolved(List.of(Server.alone(target.host(), port, transport)), Located.LONGEST, before);
        }
        var outcome = target.transport().isPresent()
                ? services.bySrv(target.host(), List.of(transport))
                : services.byNaptr(target.host(), allowed);
        return switch (outcome) {
            case Outcome.Servers(var servers, var timeToLive) -> resolved(servers, timeToLive, before);
            case Outcome.NoRecords(var transports) -> {
                var only = usual(new LinkedHashSet<>(transports));
                yield resolved(List.of(Server.alone(target.host(), only.defaultPort(), only)), Located.LONGEST, before);
            }
            case Outcome.NotThere(var why) -> why;
        };
    }

    private static SipTransport usual(Set<SipTransport> allowed) {
        return allowed.contains(SipTransport.UDP)
                ? SipTransport.UDP
                : allowed.iterator().next();
    }

    private Location literal(SipTarget target, int port, SipTransport transport) {
        var address = InetAddress.ofLiteral(target.host().replaceAll("[\\[\\]]", ""));
        if (!families.reaches(address)) {
            return new NoSuchService(
                    target + ": not to be reached from the trunk's socket (expected: " + families.text() + ")");
        }
        var server = Server.alone(address.getHostAddress(), port, transport);
        return found(List.of(server), Map.of(server.host(), List.of(address)), Located.LONGEST, Optional.empty());
    }

    private Location resolved(List<Server> servers, Duration known, Optional<Located> before) {
        Map<String, HostSearch.Host> found;
        try {
            found = hosts.search(servers.stream().map(Server::host).distinct().toList());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new DnsFailure("interrupted");
        }
        Map<String, List<InetAddress>> addresses = new HashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        Duration timeToLive = known;
        for (var entry : found.entrySet()) {
            var host = entry.getValue();
            host.failure().ifPresent(reason -> failures.put(entry.getKey(), reason));
            timeToLive = host.timeToLive().compareTo(timeToLive) < 0 ? host.timeToLive() : timeToLive;
            addresses.put(
                    entry.getKey(),
                    host.failure().isPresent() ? knownBefore(entry.getKey(), before) : host.addresses());
        }
        var failure = failures.isEmpty() ? Optional.<String>empty() : Optional.of(String.join("; ", failures.values()));
        return found(servers, addresses, timeToLive, failure);
    }

    private static List<InetAddress> knownBefore(String host, Optional<Located> before) {
        return before.stream()
                .flatMap(located -> located.targets().stream())
                .map(LocatedTarget::address)
                .filter(address -> address.getHostString().equals(host))
                .map(address -> address.getAddress())
                .distinct()
                .toList();
    }

    private Location found(
            List<Server> servers,
            Map<String, List<InetAddress>> addresses,
            Duration timeToLive,
            Optional<String> failure) {
        var targets = Targets.of(servers, addresses);
        if (!targets.isEmpty()) {
            return new Located(targets, timeToLive, failure);
        }
        if (failure.isPresent()) {
            return new DnsFailure(failure.get());
        }
        var names = servers.stream().map(Server::host).distinct().collect(Collectors.joining(", "));
        return new NoSuchService(names + ": no address (expected: " + families.text() + ")");
    }
}
