package io.flashcall.verification;

import java.time.Duration;
import java.util.Optional;

/// A channel in an app's order of channels.
///
/// @param name  which
/// @param limit how long the user has to prove that it reached them before the plan moves on, 1 s to 1 h; empty: as
///              long as is usual for the channel
public record PlannedChannel(ChannelName name, Optional<Duration> limit) {

    /// What holds where nothing else is configured.
    public static final Duration USUAL_TIME = Duration.ofSeconds(45);

    /// The flash call with the usual time.
    public static final PlannedChannel FLASH_CALL = new PlannedChannel(ChannelName.FLASH_CALL);

    public PlannedChannel {
        limit.ifPresent(time -> {
            if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("time of " + name + ": " + time + " (expected: 1s to 1h)");
            }
        });
    }

    /// With a time of its own.
    public PlannedChannel(ChannelName name, Duration time) {
        this(name, Optional.of(time));
    }

    /// With the time that is usual for it.
    public PlannedChannel(ChannelName name) {
        this(name, Optional.empty());
    }

    /// How long the user has.
    public Duration time() {
        return limit.orElse(USUAL_TIME);
    }

    /// The same, with this time where it has none of its own.
    PlannedChannel orWithin(Duration usual) {
        return limit.isPresent() ? this : new PlannedChannel(name, usual);
    }
}
