package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.AddressText;
import java.net.InetSocketAddress;

/// One place where a carrier takes calls.
///
/// @param address   resolved; its `getHostString()` is the name that led to it, or the address, without any
///                  look-up
/// @param transport how it is spoken to
/// @param priority  the lowest first. That of the SRV record, plus 65,536 for each service preferred to its
///                  own, so that it compares over the whole set; 0 where there is no SRV record
/// @param weight    0 or more, the share of calls among targets of one priority (RFC 2782). That of the SRV
///                  record; but where hosts have several addresses, all weights are multiplied by one number
///                  so that each host's addresses share its weight evenly. 1 where there is no SRV record.
///                  Those of one set add up to an int
public record LocatedTarget(InetSocketAddress address, SipTransport transport, int priority, int weight) {

    public LocatedTarget {
        if (address.isUnresolved() || priority < 0 || weight < 0) {
            throw new IllegalArgumentException("target: " + address + ", priority " + priority + ", weight " + weight
                    + " (expected: a resolved address, priority and weight not negative)");
        }
    }

    /// Such as `sip1.carrier.example (192.0.2.1:5060;transport=udp)`.
    @Override
    public String toString() {
        String literal = AddressText.literal(address.getAddress());
        String place = literal + ":" + address.getPort() + ";transport=" + transport.parameter();
        String host = address.getHostString();
        return host.equals(address.getAddress().getHostAddress()) ? place : host + " (" + place + ")";
    }
}
