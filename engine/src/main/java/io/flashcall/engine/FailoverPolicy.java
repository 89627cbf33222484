package io.flashcall.engine;

import java.time.Duration;

/// When a call leaves one host of a carrier for the next, and how hosts in trouble are asked whether they are
/// back.
///
/// @param failoverAfter how long an INVITE may stay without any response before the next host is tried, 500 ms
/// to 32 s
/// @param probe         how often an OPTIONS asks a host that is suspect or down, 500 ms to 10 min
public record FailoverPolicy(Duration failoverAfter, Duration probe) {

    private static final Duration LEAST = Duration.ofMillis(500);

    /// The next host after 4 s; an OPTIONS each 2 s.
    public static final FailoverPolicy DEFAULT = new FailoverPolicy(Duration.ofSeconds(4), Duration.ofSeconds(2));

    public FailoverPolicy {
        new Problems("failover")
                .check(within(failoverAfter, Duration.ofSeconds(32)), "failover_after", failoverAfter, "500ms to 32s")
                .check(within(probe, Duration.ofMinutes(10)), "probe", probe, "500ms to 10m")
                .throwIfAny();
    }

    private static boolean within(Duration value, Duration most) {
        return value.compareTo(LEAST) >= 0 && value.compareTo(most) <= 0;
    }
}
