package io.flashcall.engine.trunk;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Which of this machine's addresses a carrier sees.
public final class LocalAddress {

    private LocalAddress() {}

    /// The address that a socket bound to `bound` sends from towards `target`: its own, or where that is a wildcard,
    /// the one that the system's routing chooses. Sends nothing.
    ///
    /// @throws IOException when there is no route
    public static InetAddress towards(InetSocketAddress target, InetAddress bound) throws IOException {
        if (!bound.isAnyLocalAddress()) {
            return bound;
        }
        try (var probe = new DatagramSocket()) {
            probe.connect(target);
            var chosen = probe.getLocalAddress();
            if (chosen == null || chosen.isAnyLocalAddress()) {
                throw new IOException("no route to " + target + " (expected: one, or a local address to send from)");
            }
            return chosen;
        }
    }
}
