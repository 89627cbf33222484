package io.flashcall.server.webhook;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one thread; rung several times before it looks, it wakes once. Thread-safe.
final class Bell {

    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /// Waits until it has been rung since the last time, at most that long.
    ///
    /// @return whether it was
    boolean await(Duration most) throws InterruptedException {
        if (!rung.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        rung.drainPermits();
        return true;
    }
}
