package io.flashcall.engine.transport;

import java.time.Duration;

/// Bounds of a [StreamConnection].
///
/// @param connectTimeout   from the SYN to the answer; at least 1 ms
/// @param handshakeTimeout from the connection to the end of the TLS handshake; at least 1 ms
/// @param highWaterBytes   what may wait to be sent, at least [StreamFramer#MESSAGE_BYTES]; more is refused
/// @param unacknowledged   how long the kernel waits for the peer's acknowledgement of what was sent before it
///                         gives the connection up; where the system lets us say so (Linux)
public record StreamOptions(
        Duration connectTimeout, Duration handshakeTimeout, int highWaterBytes, Duration unacknowledged) {

    public static final StreamOptions DEFAULT =
            new StreamOptions(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20, Duration.ofSeconds(20));

    public StreamOptions {
        check(isMillis(connectTimeout), "connectTimeout", connectTimeout, "1 ms to 24 days");
        check(isMillis(handshakeTimeout), "handshakeTimeout", handshakeTimeout, "1 ms to 24 days");
        check(isMillis(unacknowledged), "unacknowledged", unacknowledged, "1 ms to 24 days");
        check(
                highWaterBytes >= StreamFramer.MESSAGE_BYTES,
                "highWaterBytes",
                highWaterBytes,
                "at least " + StreamFramer.MESSAGE_BYTES);
    }

    private static boolean isMillis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) >= 0
                && duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
    }

    private static void check(boolean ok, String name, Object value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
