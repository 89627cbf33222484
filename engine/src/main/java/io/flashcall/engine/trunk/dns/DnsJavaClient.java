package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.trunk.dns.DnsAnswer.Absent;
import io.flashcall.engine.trunk.dns.DnsAnswer.Failed;
import io.flashcall.engine.trunk.dns.DnsAnswer.Found;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// DNS by dnsjava, but for its cache and its search path. `localhost`, and what ends with it, is loopback
/// without any question (RFC 6761 §6.3).
public final class DnsJavaClient implements DnsClient {

    /// The longest that one try may take.
    public static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);

    /// How long what needs no DNS holds.
    private static final Duration LOCAL = Duration.ofSeconds(60);

    private static final Name LOCALHOST = Name.fromConstantString("localhost.");
    private static final int MOST_ALIASES = 8;

    private final NameServers servers;
    private final Exchange exchange;

    DnsJavaClient(NameServers servers, Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout: " + timeout + " (expected: above zero, at most " + LONGEST_TIMEOUT + ")");
        }
        this.servers = servers;
        exchange = new Exchange(servers, timeout);
    }

    /// Asks the system's name servers (`/etc/resolv.conf`), and `/etc/hosts` before them.
    public static DnsJavaClient ofSystem() {
        return new DnsJavaClient(NameServers.ofSystem(), USUAL_TIMEOUT);
    }

    /// Asks these name servers, the first of them first; only the first three are used.
    ///
    /// @param servers resolved addresses, at least one
    /// @param timeout of each try, at most 2 s; each server is tried twice before a question counts as failed
    public static DnsJavaClient of(List<InetSocketAddress> servers, Duration timeout) {
        return new DnsJavaClient(NameServers.of(servers), timeout);
    }

    /// Asks these name servers, and waits a second for each try.
    public static DnsJavaClient of(List<InetSocketAddress> servers) {
        return of(servers, USUAL_TIMEOUT);
    }

    @Override
    public DnsAnswer<NaptrRecord> naptr(String name) {
        return ask(name, Type.NAPTR, DnsJavaClient::naptr);
    }

    @Override
    public DnsAnswer<SrvRecord> srv(String name) {
        return ask(name, Type.SRV, DnsJavaClient::srv);
    }

    @Override
    public DnsAnswer<InetAddress> a(String name) {
        return ask(
                name, Type.A, record -> record instanceof ARecord a ? Optional.of(a.getAddress()) : Optional.empty());
    }

    /// An IPv4 address dressed up as IPv6 is none.
    @Override
    public DnsAnswer<InetAddress> aaaa(String name) {
        return ask(
                name,
                Type.AAAA,
                record -> record instanceof AAAARecord aaaa && aaaa.getAddress() instanceof Inet6Address v6
                        ? Optional.of(v6)
                        : Optional.empty());
    }

    private <R> DnsAnswer<R> ask(String text, int type, Function<Record, Optional<R>> reader) {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException _) {
            return new Absent<>();
        }
        var local = local(name, type);
        if (local.isPresent()) {
            var records = local.stream()
                    .flatMap(record -> reader.apply(record).stream())
                    .toList();
            return new Found<>(records, LOCAL);
        }
        return name.subdomain(LOCALHOST) ? new Absent<>() : follow(name, type, reader);
    }

    private Optional<Record> local(Name name, int type) {
        if (type != Type.A && type != Type.AAAA) {
            return Optional.empty();
        }
        var address = name.subdomain(LOCALHOST)
                ? Optional.of(InetAddress.ofLiteral(type == Type.A ? "127.0.0.1" : "::1"))
                : servers.local(name, type);
        return address.map(
                ip -> Type.A == type ? new ARecord(name, DClass.IN, 0, ip) : new AAAARecord(name, DClass.IN, 0, ip));
    }

    /// Resolvers send the aliases and what they lead to in one answer; a server that knows only the alias is
    /// asked, or its like, for the rest.
    private <R> DnsAnswer<R> follow(Name asked, int type, Function<Record, Optional<R>> reader) {
        var chain = new AliasChain(asked);
        while (chain.length() <= MOST_ALIASES) {
            Name before = chain.end();
            switch (exchange.ask(before, type)) {
                case Exchange.Reply.Failed(var reason) -> {
                    return new Failed<>(reason);
                }
                case Exchange.Reply.Answered(var answer, var noName) -> {
                    var records = chain.follow(answer, type).stream()
                            .flatMap(record -> reader.apply(record).stream())
                            .toList();
                    if (!records.isEmpty()) {
                        return new Found<>(records, chain.timeToLive());
                    }
                    if (noName || chain.end().equals(before)) {
                        return new Absent<>();
                    }
                }
            }
        }
        return new Failed<>(
                asked.toString(true) + " " + Type.string(type) + ": more than " + MOST_ALIASES + " aliases");
    }

    private static Optional<NaptrRecord> naptr(Record record) {
        return record instanceof NAPTRRecord r
                ? Optional.of(new NaptrRecord(
                        r.getOrder(),
                        r.getPreference(),
                        r.getFlags(),
                        r.getService(),
                        r.getRegexp(),
                        r.getReplacement().toString(true)))
                : Optional.empty();
    }

    private static Optional<SrvRecord> srv(Record record) {
        return record instanceof SRVRecord r
                ? Optional.of(new SrvRecord(
                        r.getPriority(),
                        r.getWeight(),
                        r.getPort(),
                        r.getTarget().toString(true)))
                : Optional.empty();
    }
}
