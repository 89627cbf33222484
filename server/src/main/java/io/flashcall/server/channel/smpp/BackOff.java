package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Reconnect;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Pauses between tries to bind: each twice the one before, up to the longest, and drawn between three
/// quarters and five quarters of that, so that many clients of one SMSC do not come back at the same moment.
/// For one thread.
final class BackOff {

    private final Reconnect bounds;
    private Duration pause = Duration.ZERO;

    BackOff(Reconnect bounds) {
        this.bounds = bounds;
    }

    /// @param lasted how long the latest bind did; zero if there was none. One that outlasted the pause before it
    /// starts
    ///               over.
    Duration next(Duration lasted) {
        if (pause.isZero() || lasted.compareTo(pause) > 0) {
            pause = bounds.least();
        } else {
            var twice = pause.multipliedBy(2);
            pause = twice.compareTo(bounds.most()) < 0 ? twice : bounds.most();
        }
        long nanos = pause.toNanos();
        return Duration.ofNanos(nanos * 3 / 4 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }
}
