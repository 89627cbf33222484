package io.flashcall.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where a carrier is, whom of it to listen to, and how we prove who we are.
///
/// @param target      where INVITEs go
/// @param sources     whose messages are listened to, any port, besides the hosts that `target` stands for
/// @param transports  those that may be used: at least the target's own
/// @param tls         how TLS connections are made
/// @param failover    what to do when one of its hosts is in trouble
/// @param credentials for the carrier's challenges; none where it knows us by our address
public record PeerConfig(
        SipTarget target,
        List<Cidr> sources,
        Set<SipTransport> transports,
        TlsConfig tls,
        FailoverPolicy failover,
        Optional<Credentials> credentials) {

    public PeerConfig {
        sources = List.copyOf(sources);
        new Problems("")
                .check(!transports.isEmpty(), "transports", "none", "at least one of udp, tcp and tls")
                .check(
                        transports.containsAll(target.transport().stream().toList()),
                        "transports",
                        transports,
                        "the one of target " + target + " among them")
                .throwIfAny();
        transports = Collections.unmodifiableSet(EnumSet.copyOf(transports));
    }

    /// A carrier that is one address, reached by UDP, without credentials.
    public static PeerConfig at(InetSocketAddress address) {
        return at(address, List.of());
    }

    /// A carrier known by its URI, without credentials.
    public static PeerConfig at(SipTarget target) {
        return at(target, List.of());
    }

    /// The same, listened to from these sources.
    public static PeerConfig at(InetSocketAddress address, List<Cidr> sources) {
        var target = new SipTarget(
                literal(address.getAddress()), OptionalInt.of(address.getPort()), Optional.of(SipTransport.UDP));
        return at(target, sources);
    }

    private static PeerConfig at(SipTarget target, List<Cidr> sources) {
        return new PeerConfig(
                target, sources, usual(target), TlsConfig.DEFAULT, FailoverPolicy.DEFAULT, Optional.empty());
    }

    /// The transports for a target, where nobody says which: its own; for a name alone all, since DNS tells what the
    /// carrier prefers (RFC 3263 §4.1); else UDP.
    public static Set<SipTransport> usual(SipTarget target) {
        if (target.transport().isPresent()) {
            return Set.of(target.transport().get());
        }
        boolean byDns = !target.isAddress() && target.port().isEmpty() && !target.isLoopback();
        return byDns ? EnumSet.allOf(SipTransport.class) : Set.of(SipTransport.UDP);
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        return bare.indexOf(':') < 0 ? bare : "[" + bare + "]";
    }

    /// The same carrier with these credentials.
    public PeerConfig withCredentials(Credentials theirs) {
        return new PeerConfig(target, sources, transports, tls, failover, Optional.of(theirs));
    }

    /// The same carrier, whose TLS connections are made so.
    public PeerConfig withTls(TlsConfig config) {
        return new PeerConfig(target, sources, transports, config, failover, credentials);
    }

    /// The same carrier, whose hosts are left and probed so.
    public PeerConfig withFailover(FailoverPolicy policy) {
        return new PeerConfig(target, sources, transports, tls, policy, credentials);
    }

    /// The same carrier over these transports.
    public PeerConfig withTransports(Set<SipTransport> allowed) {
        return new PeerConfig(target, sources, allowed, tls, failover, credentials);
    }
}
