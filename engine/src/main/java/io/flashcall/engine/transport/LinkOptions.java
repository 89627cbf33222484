package io.flashcall.engine.transport;

import java.time.Duration;

/// How a [Connector] keeps its connection.
///
/// @param eager        whether it is opened at the start, not on first use
/// @param firstBackOff from a failure to the next attempt; doubled with each further failure, at least 1 ms
/// @param longBackOff  where the doubling ends, at least `firstBackOff`
/// @param stable       a connection that was up for so long lets the back-off start anew
/// @param pingInterval at least 1 s between keep-alives, each sent after 80 to 100 % of it (RFC 5626 §4.4.1)
/// @param pongTimeout  how long a peer that has answered before may take; at most 80 % of `pingInterval`
public record LinkOptions(
        boolean eager,
        Duration firstBackOff,
        Duration longBackOff,
        Duration stable,
        Duration pingInterval,
        Duration pongTimeout) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /// Eager; 0.5 s to 30 s of back-off, until a connection stood for a minute; a ping every 30 s, 10 s for
    /// its pong.
    public static final LinkOptions DEFAULT = new LinkOptions(
            true,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    public LinkOptions {
        check(isBetween(firstBackOff, Duration.ofMillis(1), LONGEST), "firstBackOff", firstBackOff, "1 ms to a day");
        check(isBetween(longBackOff, firstBackOff, LONGEST), "longBackOff", longBackOff, firstBackOff + " to a day");
        check(isBetween(stable, Duration.ZERO, LONGEST), "stable", stable, "0 to a day");
        check(isBetween(pingInterval, Duration.ofSeconds(1), LONGEST), "pingInterval", pingInterval, "1 s to a day");
        check(
                isBetween(
                        pongTimeout,
                        Duration.ofMillis(1),
                        pingInterval.multipliedBy(4).dividedBy(5)),
                "pongTimeout",
                pongTimeout,
                "1 ms to 80 % of " + pingInterval);
    }

    /// The same, opened on first use.
    public LinkOptions onFirstUse() {
        return new LinkOptions(false, firstBackOff, longBackOff, stable, pingInterval, pongTimeout);
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void check(boolean ok, String name, Duration value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
