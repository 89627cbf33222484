package io.flashcall.server.webhook;

import java.util.concurrent.atomic.LongAdder;

/// How deliveries went since the start, for metrics. Thread-safe.
public final class WebhookCounts {

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder inFlight = new LongAdder();

    /// Tries that the receiver took.
    public long delivered() {
        return delivered.sum();
    }

    /// Tries that it did not, the last ones of what was given up included.
    public long failed() {
        return failed.sum();
    }

    /// Deliveries given up.
    public long dead() {
        return dead.sum();
    }

    /// Requests under way.
    public long inFlight() {
        return inFlight.sum();
    }

    void onSent() {
        inFlight.increment();
    }

    void onEnded() {
        inFlight.decrement();
    }

    void onDelivered() {
        delivered.increment();
    }

    void onFailed() {
        failed.increment();
    }

    void onDead() {
        dead.increment();
    }
}
