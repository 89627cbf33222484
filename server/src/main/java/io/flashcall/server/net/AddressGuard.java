package io.flashcall.server.net;

import io.flashcall.engine.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Decides which addresses our requests may go to: those that are globally reachable by the registries of
/// special addresses (RFC 6890), and those that the operator allows. An IPv4 address that is embedded in an
/// IPv6 one (mapped, or NAT64's `64:ff9b::/96`) is judged as what it is. Immutable.
public final class AddressGuard {

    private static final List<Cidr> NOT_GLOBAL = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and the metadata services of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments, Teredo with them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /// All of IPv6 that is globally reachable; loopback, link-local, unique-local and multicast are elsewhere.
    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

    private final List<Cidr> allowed;

    /// @param allowed blocks that may be reached although they are not global
    public AddressGuard(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /// Lets through every address there is, for URLs that the operator alone writes.
    public static AddressGuard anywhere() {
        return new AddressGuard(blocks("0.0.0.0/0", "::/0"));
    }

    /// Whether our requests may go there.
    public boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isIn(allowed, bytes) || !isIn(NOT_GLOBAL, bytes);
        }
        if (isMapped(bytes) || NAT64.contains(bytes)) {
            return isIn(allowed, bytes) || allows(embedded(bytes));
        }
        return isIn(allowed, bytes) || (GLOBAL_UNICAST.contains(bytes) && !isIn(NOT_GLOBAL, bytes));
    }

    private static boolean isIn(List<Cidr> blocks, byte[] address) {
        for (var block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /// `::ffff:0:0/96`. Java makes an `Inet4Address` of it where it reads one, yet not wherever one is made.
    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static InetAddress embedded(byte[] address) {
        try {
            return Inet4Address.getByAddress(Arrays.copyOfRange(address, 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Cidr> blocks(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toList();
    }
}
