package io.flashcall.server.net;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.SpecialAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Decides which addresses our requests may go to: those that are globally reachable ([SpecialAddresses]),
/// and those that the operator allows, be it as IPv4 or as the IPv6 address that embeds it. Immutable.
public final class AddressGuard {

    private final List<Cidr> allowed;

    /// @param allowed blocks that may be reached although they are not global
    public AddressGuard(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /// Lets through every address there is, for URLs that the operator alone writes.
    public static AddressGuard anywhere() {
        return new AddressGuard(Stream.of("0.0.0.0/0", "::/0").map(Cidr::parse).toList());
    }

    /// Whether our requests may go there.
    public boolean allows(InetAddress address) {
        return isAllowed(address.getAddress())
                || isAllowed(SpecialAddresses.plain(address))
                || SpecialAddresses.isGlobal(address);
    }

    private boolean isAllowed(byte[] address) {
        return allowed.stream().anyMatch(block -> block.contains(address));
    }
}
