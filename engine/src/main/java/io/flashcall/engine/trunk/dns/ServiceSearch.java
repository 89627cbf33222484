package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The first half of RFC 3263: which servers a domain names, by SRV records and by the NAPTR records before
/// them.
final class ServiceSearch {

    /// What a domain names.
    sealed interface Outcome {

        /// @param servers    1 to 32 in order
        /// @param timeToLive the shortest of the records on the way
        record Servers(List<Server> servers, Duration timeToLive) implements Outcome {}

        /// No SRV record: the domain itself is the server.
        ///
        /// @param transports that it does not decidedly refuse; at least one
        record NoRecords(List<SipTransport> transports) implements Outcome {}

        record NotThere(Location why) implements Outcome {}
    }

    /// @param name      of the SRV records
    /// @param transport that they are for
    private record Service(String name, SipTransport transport) {}

    /// Each costs a query. More only a mistake, or malice, would name.
    private static final int MOST_SERVICES = 8;

    /// A better service's servers come before the next one's, whatever their priorities (0 to 65535).
    private static final int PRIORITIES = 65_536;

    private final DnsClient dns;

    ServiceSearch(DnsClient dns) {
        this.dns = dns;
    }

    /// Asks for NAPTR records, and without any for the SRV records of every transport (RFC 3263 §4.1).
    Outcome byNaptr(String host, Set<SipTransport> allowed) {
        return switch (dns.naptr(host)) {
            case DnsAnswer.Failed<NaptrRecord>(var reason) ->
                new Outcome.NotThere(new DnsFailure(reason + "; a target with a transport or a port needs no NAPTR"));
            case DnsAnswer.Absent<NaptrRecord>() -> bySrv(host, allowed);
            case DnsAnswer.Found<NaptrRecord>(var records, var timeToLive) -> {
                var offers = records.stream()
                        .filter(SipService::isSip)
                        .sorted(BY_ORDER)
                        .toList();
                yield offers.isEmpty() ? bySrv(host, allowed) : byOffers(host, offers, allowed, timeToLive);
            }
        };
    }

    private static final Comparator<NaptrRecord> BY_ORDER = Comparator.comparingInt(NaptrRecord::order)
            .thenComparingInt(NaptrRecord::preference)
            .thenComparing(NaptrRecord::replacement);

    /// Takes the lowest order that has a service we can use; its other preferences are the fallback, a higher
    /// order is none (RFC 3403 §4.1), so a carrier that prefers TLS is not left for UDP because it is out of
    /// order.
    private Outcome byOffers(String host, List<NaptrRecord> offers, Set<SipTransport> allowed, Duration timeToLive) {
        var usable = offers.stream()
                .filter(offer ->
                        SipService.transport(offer).filter(allowed::contains).isPresent())
                .toList();
        if (usable.isEmpty()) {
            return new Outcome.NotThere(new NoSuchService(host + " NAPTR: offers "
                    + offers.stream().map(NaptrRecord::service).distinct().toList()
                    + " (expected: a transport that the trunk allows, of " + allowed + ")"));
        }
        int order = usable.getFirst().order();
        var services = usable.stream()
                .filter(offer -> offer.order() == order)
                .limit(MOST_SERVICES)
                .map(offer -> new Service(
                        offer.replacement(), SipService.transport(offer).orElseThrow()))
                .toList();
        return search(services, timeToLive);
    }

    /// Asks for the SRV records of these transports, the first of them preferred.
    Outcome bySrv(String host, Collection<SipTransport> transports) {
        var services = transports.stream()
                .map(transport -> new Service(SipService.srvName(transport, host), transport))
                .toList();
        return search(services, Located.LONGEST);
    }

    private Outcome search(List<Service> services, Duration known) {
        List<Server> servers = new ArrayList<>();
        List<SipTransport> silent = new ArrayList<>();
        Duration timeToLive = known;
        for (int rank = 0; rank < services.size(); rank++) {
            var service = services.get(rank);
            switch (dns.srv(service.name())) {
                case DnsAnswer.Failed<SrvRecord>(var reason) -> {
                    return new Outcome.NotThere(new DnsFailure(reason));
                }
                case DnsAnswer.Absent<SrvRecord>() -> silent.add(service.transport());
                case DnsAnswer.Found<SrvRecord>(var records, var ttl) -> {
                    timeToLive = ttl.compareTo(timeToLive) < 0 ? ttl : timeToLive;
                    add(records, service.transport(), rank, servers);
                }
            }
        }
        if (!servers.isEmpty()) {
            servers.sort(IN_ORDER);
            return new Outcome.Servers(
                    servers.stream().limit(Located.MOST_TARGETS).toList(), timeToLive);
        }
        return silent.isEmpty() ? refused(services) : new Outcome.NoRecords(silent);
    }

    private static final Comparator<Server> IN_ORDER = Comparator.comparingInt(Server::priority)
            .thenComparing(Comparator.comparingInt(Server::weight).reversed())
            .thenComparing(Server::host)
            .thenComparingInt(Server::port);

    /// A record without a target or a port is none to be called.
    private static void add(List<SrvRecord> records, SipTransport transport, int rank, List<Server> servers) {
        for (SrvRecord record : records) {
            if (!record.refuses() && record.port() > 0) {
                int priority = rank * PRIORITIES + record.priority();
                servers.add(new Server(record.target(), record.port(), transport, priority, record.weight()));
            }
        }
    }

    private static Outcome refused(List<Service> services) {
        var names = services.stream().map(Service::name).toList();
        return new Outcome.NotThere(new NoSuchService(
                names + " SRV: the service is decidedly not offered (expected: a target and a port)"));
    }
}
