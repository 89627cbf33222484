package io.flashcall.engine.trunk;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// IP addresses as the wire shows them: IPv6 in its canonical form (RFC 5952), without a scope.
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /// The bare address, as SDP has it.
    public static String of(InetAddress address) {
        return address instanceof Inet6Address ? v6(groups(address)) : address.getHostAddress();
    }

    /// As a URI has it: IPv6 in brackets.
    public static String literal(InetAddress address) {
        return address instanceof Inet6Address ? "[" + of(address) + "]" : of(address);
    }

    private static int[] groups(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(bytes.getShort());
        }
        return groups;
    }

    private static String v6(int[] groups) {
        int gap = longestRun(groups);
        if (gap < 0) {
            return joined(groups, 0, GROUPS);
        }
        return joined(groups, 0, gap) + "::" + joined(groups, gap + run(groups, gap), GROUPS);
    }

    /// Where the longest run of zeros begins, the first of equals; -1 when none is longer than one.
    private static int longestRun(int[] groups) {
        int best = -1;
        int length = 1;
        for (int from = 0; from < GROUPS; from++) {
            if (run(groups, from) > length) {
                best = from;
                length = run(groups, from);
            }
        }
        return best;
    }

    private static int run(int[] groups, int from) {
        int to = from;
        while (to < GROUPS && groups[to] == 0) {
            to++;
        }
        return to - from;
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
