package io.flashcall.verification.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// What an IP address is counted under: itself, or the /64 of an IPv6 address, since that is what one subscriber has.
public final class AddressKey {

    private static final int NETWORK_BYTES = 8;

    private AddressKey() {}

    /// Equal for all addresses that count as one: `192.0.2.1` and `::ffff:192.0.2.1`, `2001:db8::1` and `2001:db8::2`.
    ///
    /// @param ip literal, perhaps with a zone; no name is looked up
    /// @throws IllegalArgumentException when it is none
    public static String of(String ip) {
        int zone = ip.indexOf('%');
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(zone < 0 ? ip : ip.substring(0, zone));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("address: " + ip + " (expected: an IPv4 or IPv6 address)");
        }
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64";
    }
}
