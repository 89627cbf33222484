package io.flashcall.server.channel.smpp;

import java.util.concurrent.atomic.LongAdder;

/// What one channel counts. Thread-safe.
final class SmppCounts {

    private final LongAdder throttled = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /// The SMSC had too much to do for a part.
    void throttle() {
        throttled.increment();
    }

    /// The SMSC delivered what is no receipt.
    void dropped() {
        dropped.increment();
    }

    long throttledSoFar() {
        return throttled.sum();
    }

    long droppedSoFar() {
        return dropped.sum();
    }
}
