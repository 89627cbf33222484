package io.flashcall.server.http.access;

import io.flashcall.engine.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Finds the client's address behind proxies that we know: the rightmost hop of X-Forwarded-For that is none of them.
/// What anybody else says there is not believed. Thread-safe.
public final class Forwarding {

    private final List<Cidr> trusted;

    public Forwarding(List<Cidr> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /// @param peer      whoever connected to us
    /// @param forwarded the values of X-Forwarded-For, joined by commas
    public String client(InetAddress peer, Optional<String> forwarded) {
        var client = peer;
        if (forwarded.isPresent() && isTrusted(peer)) {
            var hops = forwarded.get().split(",", -1);
            for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
                var hop = parse(hops[i].strip());
                if (hop.isEmpty()) {
                    break;
                }
                client = hop.get();
            }
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        byte[] bytes = address.getAddress();
        return trusted.stream().anyMatch(block -> block.contains(bytes));
    }

    /// Also `192.0.2.1:4711` and `[2001:db8::1]:4711`, as some proxies write them.
    private static Optional<InetAddress> parse(String hop) {
        var literal = hop;
        if (hop.startsWith("[") && hop.contains("]")) {
            literal = hop.substring(1, hop.indexOf(']'));
        } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.contains(":")) {
            literal = hop.substring(0, hop.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
