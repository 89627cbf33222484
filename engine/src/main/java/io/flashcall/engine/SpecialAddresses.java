package io.flashcall.engine;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Tells addresses that everybody can reach from those with a special meaning (RFC 6890 and its registries),
/// which a stranger's URI must not make us connect to. IPv4 inside IPv6 (mapped, or NAT64's `64:ff9b::/96`) is
/// judged as what it is.
public final class SpecialAddresses {

    private static final List<Cidr> SPECIAL = blocks(
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
    private static final int V4_BYTES = 4;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private SpecialAddresses() {}

    /// Whether everybody can reach that address.
    public static boolean isGlobal(InetAddress address) {
        byte[] bytes = plain(address);
        return (bytes.length == V4_BYTES || GLOBAL_UNICAST.contains(bytes)) && !isSpecial(bytes);
    }

    /// The bytes of an address, of the IPv4 address alone where it is one inside IPv6. Java makes an `Inet4Address` of
    /// a mapped one where it reads one, yet not wherever one is made.
    public static byte[] plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean embeds = bytes.length > V4_BYTES
                && (Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length) || NAT64.contains(bytes));
        return embeds ? Arrays.copyOfRange(bytes, MAPPED.length, bytes.length) : bytes;
    }

    private static boolean isSpecial(byte[] address) {
        return SPECIAL.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Cidr> blocks(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toList();
    }
}
