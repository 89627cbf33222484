package io.flashcall.verification;

import java.time.Duration;
import java.util.List;

/// How an app verifies: its defaults, and how far a request may depart from them.
///
/// @param codeLength digits of a code, 4 to 6
/// @param timeToLive how long a session may take, 10 s to 1 h
/// @param checks     wrong or right checks a session takes in all, across its sends, 1 to 10
/// @param sends      the first send and its resends, 1 to 10
/// @param channels   in the order they are tried; at least one
/// @param ringTime   how long a flash call rings, 0 to 30 s
public record Policy(
        Bounded<Integer> codeLength,
        Bounded<Duration> timeToLive,
        Bounded<Integer> checks,
        Bounded<Integer> sends,
        List<PlannedChannel> channels,
        Bounded<Duration> ringTime) {

    /// 4 digits, 120 s, 3 checks, 3 sends, flash call alone, 1.5 s of ringing.
    public static final Policy DEFAULT = new Policy(
            new Bounded<>(4, 4, 6),
            new Bounded<>(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofMinutes(10)),
            new Bounded<>(3, 1, 5),
            new Bounded<>(3, 1, 5),
            List.of(PlannedChannel.FLASH_CALL),
            new Bounded<>(Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofSeconds(8)));

    public Policy {
        channels = List.copyOf(channels);
        require("code_length", codeLength, 4, 6);
        require("ttl", timeToLive, Duration.ofSeconds(10), Duration.ofHours(1));
        require("checks", checks, 1, 10);
        require("sends", sends, 1, 10);
        require("ring_time", ringTime, Duration.ZERO, Duration.ofSeconds(30));
        if (channels.isEmpty()
                || channels.stream().map(PlannedChannel::name).distinct().count() != channels.size()) {
            throw new IllegalArgumentException("channels: " + channels + " (expected: at least one, each once)");
        }
    }

    private static <T extends Comparable<T>> void require(String key, Bounded<T> value, T least, T most) {
        if (value.least().compareTo(least) < 0 || value.most().compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": " + value.least() + " to " + value.most() + " (expected: "
                    + "within " + least + " to " + most + ")");
        }
    }
}
