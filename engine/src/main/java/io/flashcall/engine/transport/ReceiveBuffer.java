package io.flashcall.engine.transport;

import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says so when a socket got a smaller receive buffer than it asked for: a burst that does not fit is lost unseen.
final class ReceiveBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveBuffer.class);

    private ReceiveBuffer() {}

    /// @param asked   bytes
    /// @param granted bytes, without the doubling that Linux adds for its own records
    static void check(InetSocketAddress socket, int asked, int granted) {
        if (granted < asked) {
            LOG.warn(
                    "UDP {}: receive buffer {} bytes (expected: {}; raise it with: sysctl -w net.core.rmem_max={})",
                    socket,
                    granted,
                    asked,
                    asked);
        }
    }
}
