package io.flashcall.engine.trunk;

import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The hosts of a carrier at one time, the best first. Immutable.
public record TargetSet(List<Target> targets) {

    /// Nothing is known yet.
    public static final TargetSet EMPTY = new TargetSet(List.of());

    private static final String LOOPBACK_NAME = "localhost";

    public TargetSet {
        targets = targets.stream()
                .sorted(Comparator.comparingInt(Target::priority))
                .toList();
    }

    /// What a target that is an address stands for, `localhost` included; empty for a name, which must be
    /// looked up.
    public static Optional<TargetSet> of(SipTarget target) {
        if (!target.isAddress() && !target.host().equals(LOOPBACK_NAME)) {
            return Optional.empty();
        }
        var transport = target.transport().orElse(SipTransport.UDP);
        int port = target.port().orElse(transport.defaultPort());
        var address = new InetSocketAddress(address(target), port);
        return Optional.of(new TargetSet(List.of(new Target(address, transport, 0, 0))));
    }

    private static InetAddress address(SipTarget target) {
        String host = target.host();
        if (host.equals(LOOPBACK_NAME)) {
            return InetAddress.ofLiteral("127.0.0.1");
        }
        return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
