package io.flashcall.verification;

import java.time.Duration;
import java.util.List;

/// What holds for one session, settled at its start.
///
/// @param codeLength  digits of its codes, 4 to 6
/// @param timeToLive  from its start to its expiry
/// @param checks      checks it takes in all
/// @param sends       the first send and its resends
/// @param channels    in the order they are tried
/// @param ringTime    of its flash calls
public record Terms(
        int codeLength, Duration timeToLive, int checks, int sends, List<PlannedChannel> channels, Duration ringTime) {

    public Terms {
        channels = List.copyOf(channels);
    }
}
