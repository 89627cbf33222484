package io.flashcall.engine.trunk;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.net.InetSocketAddress;
import java.util.Objects;

/// One host of a carrier: where RFC 3263 says that requests may go. Immutable; any thread.
public final class Target {

    private final InetSocketAddress address;
    private final Endpoint endpoint;
    private final SipTransport transport;
    private final int priority;
    private final int weight;

    /// @param priority the lower, the sooner (RFC 2782)
    /// @param weight   share among those of one priority
    public Target(InetSocketAddress address, SipTransport transport, int priority, int weight) {
        this.address = address;
        this.transport = transport;
        this.priority = priority;
        this.weight = weight;
        endpoint = Endpoint.of(address);
    }

    public InetSocketAddress address() {
        return address;
    }

    /// The address as the transports take it. Do not change it.
    public Endpoint endpoint() {
        return endpoint;
    }

    public SipTransport transport() {
        return transport;
    }

    public int priority() {
        return priority;
    }

    public int weight() {
        return weight;
    }

    /// Whether it is the same host by the same transport, whatever its rank.
    public boolean isSamePlace(Target other) {
        return transport == other.transport && address.equals(other.address);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target
                && isSamePlace(target)
                && priority == target.priority
                && weight == target.weight;
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, transport, priority, weight);
    }

    @Override
    public String toString() {
        return endpoint + ";transport=" + transport.parameter();
    }
}
