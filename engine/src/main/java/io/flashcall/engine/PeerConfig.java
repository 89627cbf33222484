package io.flashcall.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a carrier is, whom of it to listen to, and how we prove who we are.
///
/// @param target      where INVITEs go
/// @param sources     whose messages are listened to, any port, besides the hosts that `target` stands for
/// @param failover    what to do when one of its hosts is in trouble
/// @param credentials for the carrier's challenges; none where it knows us by our address
public record PeerConfig(
        SipTarget target, List<Cidr> sources, FailoverPolicy failover, Optional<Credentials> credentials) {

    public PeerConfig {
        sources = List.copyOf(sources);
    }

    /// A carrier that is one address, reached by UDP, without credentials.
    public static PeerConfig at(InetSocketAddress address) {
        return at(address, List.of());
    }

    /// A carrier known by its URI, without credentials.
    public static PeerConfig at(SipTarget target) {
        return new PeerConfig(target, List.of(), FailoverPolicy.DEFAULT, Optional.empty());
    }

    /// The same, listened to from these sources.
    public static PeerConfig at(InetSocketAddress address, List<Cidr> sources) {
        return new PeerConfig(target(address), sources, FailoverPolicy.DEFAULT, Optional.empty());
    }

    private static SipTarget target(InetSocketAddress address) {
        return new SipTarget(
                literal(address.getAddress()), OptionalInt.of(address.getPort()), Optional.of(SipTransport.UDP));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        return bare.indexOf(':') < 0 ? bare : "[" + bare + "]";
    }

    /// The same carrier with these credentials.
    public PeerConfig withCredentials(Credentials theirs) {
        return new PeerConfig(target, sources, failover, Optional.of(theirs));
    }
}
