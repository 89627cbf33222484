package io.flashcall.verification;

import java.time.Duration;

/// A channel in an app's order of channels.
///
/// @param name which
/// @param time how long the user has to prove that it reached them before the plan moves on, 1 s to 1 h
public record PlannedChannel(ChannelName name, Duration time) {

    /// What holds where nothing else is configured.
    public static final Duration USUAL_TIME = Duration.ofSeconds(45);

    /// The flash call with the usual time.
    public static final PlannedChannel FLASH_CALL = new PlannedChannel(ChannelName.FLASH_CALL, USUAL_TIME);

    public PlannedChannel {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("time of " + name + ": " + time + " (expected: 1s to 1h)");
        }
    }
}
