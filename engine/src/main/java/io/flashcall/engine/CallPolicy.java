package io.flashcall.engine;

import java.time.Duration;

/// How a trunk's calls ring, and how many it takes.
///
/// @param ringPolicy     which provisionals count as ringing
/// @param ringTime       from the first ringing provisional to our CANCEL, 0 to 180 s
/// @param setupTimeout   from the first INVITE to ringing, 100 ms to 180 s
/// @param maxChannels    calls at once, 1 to 4,000,000
/// @param callsPerSecond pace agreed with the carrier, 1 to 100,000; a call waits for its turn up to 2 s
public record CallPolicy(
        RingPolicy ringPolicy, Duration ringTime, Duration setupTimeout, int maxChannels, int callsPerSecond) {

    /// 180 only, 1.5 s of ringing, 12 s for setup, 1,000 channels, 100 calls a second.
    public static final CallPolicy DEFAULT =
            new CallPolicy(new RingPolicy.Only180(), Duration.ofMillis(1500), Duration.ofSeconds(12), 1_000, 100);

    private static final int MOST_CHANNELS = 4_000_000;
    private static final int HIGHEST_PACE = 100_000;

    public CallPolicy {
        new Problems("calls")
                .check(
                        !ringTime.isNegative() && ringTime.compareTo(CallRequest.LONGEST_RING) <= 0,
                        "ring_time",
                        ringTime,
                        "0s to 180s; 1 to 3 s shows the number and misses voicemail")
                .check(
                        setupTimeout.compareTo(CallRequest.SHORTEST_SETUP) >= 0
                                && setupTimeout.compareTo(CallRequest.LONGEST_SETUP) <= 0,
                        "setup_timeout",
                        setupTimeout,
                        "100ms to 180s")
                .check(
                        maxChannels >= 1 && maxChannels <= MOST_CHANNELS,
                        "max_channels",
                        maxChannels,
                        "1 to " + MOST_CHANNELS)
                .check(
                        callsPerSecond >= 1 && callsPerSecond <= HIGHEST_PACE,
                        "calls_per_second",
                        callsPerSecond,
                        "1 to " + HIGHEST_PACE)
                .throwIfAny();
    }
}
