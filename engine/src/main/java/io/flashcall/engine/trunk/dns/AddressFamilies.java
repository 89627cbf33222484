package io.flashcall.engine.trunk.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Which addresses a socket can reach.
public enum AddressFamilies {
    IPV4,
    IPV6,
    BOTH;

    /// What a socket bound there can reach: both families from `::`, its own from any other address.
    public static AddressFamilies of(InetAddress bound) {
        if (bound instanceof Inet4Address) {
            return IPV4;
        }
        return bound.isAnyLocalAddress() ? BOTH : IPV6;
    }

    boolean reaches(InetAddress address) {
        return address instanceof Inet4Address ? this != IPV6 : this != IPV4;
    }

    boolean hasIpv4() {
        return this != IPV6;
    }

    boolean hasIpv6() {
        return this != IPV4;
    }

    /// For messages: `IPv4`, `IPv6`, `IPv4 or IPv6`.
    String text() {
        return switch (this) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
            case BOTH -> "IPv4 or IPv6";
        };
    }
}
