package io.flashcall.engine;

import java.net.InetAddress;
import java.util.Arrays;

/// A block of IP addresses (RFC 4632).
///
/// @param address any address of the block, as an IP literal
/// @param prefix  leading bits that count: 0 to 32, or to 128 for IPv6
public record Cidr(InetAddress address, int prefix) {

    public Cidr {
        int bits = address.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "prefix: " + prefix + " (expected: 0 to " + bits + " for " + address.getHostAddress() + ")");
        }
    }

    /// The block of one address.
    public static Cidr of(InetAddress address) {
        return new Cidr(address, address.getAddress().length * Byte.SIZE);
    }

    /// Reads `192.0.2.0/24`, `192.0.2.1` or `2001:db8::/32`. Names are not looked up.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        try {
            String literal = slash < 0 ? text : text.substring(0, slash);
            if (!literal.contains(":") && !literal.matches("[0-9]+(\\.[0-9]+){3}")) {
                throw new IllegalArgumentException("not four numbers");
            }
            var address = InetAddress.ofLiteral(literal);
            return slash < 0 ? of(address) : new Cidr(address, Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "source: " + text + " (expected: an IP address, or one with /prefix, such as 192.0.2.0/24)", e);
        }
    }

    /// Whether an address is one of the block.
    ///
    /// @param candidate 4 bytes, or 16 for IPv6; of another IP version, it is not
    public boolean contains(byte[] candidate) {
        byte[] start = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (start.length != candidate.length || !Arrays.equals(start, 0, whole, candidate, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || (start[whole] ^ candidate[whole]) >> (Byte.SIZE - rest) == 0;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
