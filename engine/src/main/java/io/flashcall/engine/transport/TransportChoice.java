package io.flashcall.engine.transport;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses once, and says what and why not better. The system property `flashcall.transport` overrules it: `nio`,
/// `plain` (no segmentation offload) or `best`.
final class TransportChoice {

    static final String PROPERTY = "flashcall.transport";

    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    static final DatagramTransport BEST = choose(EpollFfmTransport.obstacle());

    private TransportChoice() {}

    static DatagramTransport wanted() {
        return switch (System.getProperty(PROPERTY, "best")) {
            case "best" -> BEST;
            case "plain" -> BEST instanceof EpollFfmTransport ? new EpollFfmTransport(false) : BEST;
            case "nio" -> new NioTransport();
            case String other ->
                throw new IllegalArgumentException(PROPERTY + ": " + other + " (expected: best, plain or nio)");
        };
    }

    static DatagramTransport choose(Optional<String> obstacleToEpoll) {
        DatagramTransport chosen = obstacleToEpoll.isEmpty() ? new EpollFfmTransport(true) : new NioTransport();
        obstacleToEpoll.ifPresentOrElse(
                reason -> LOG.info("UDP transport: {} (no epoll+recvmmsg: {})", chosen.name(), reason),
                () -> LOG.info("UDP transport: {}", chosen.name()));
        return chosen;
    }
}
