package io.flashcall.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches over threads that wait for the rest of a body, since the HTTP server's own read timeout does not end such a
/// wait. Thread-safe.
final class SlowBodies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlowBodies.class);
    private static final long ROUND_MILLIS = 100;

    private final Duration timeout;
    private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("slow-bodies").daemon().factory());
    private final Future<?> running;

    SlowBodies(Duration timeout) {
        this.timeout = timeout;
        this.running = rounds.scheduleWithFixedDelay(this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// The calling thread reads from now on, until the reading is closed.
    ///
    /// @param refusal says so to the client when the time is up, on another thread; the connection is lost then
    Reading reading(Runnable refusal) {
        var reading = new Reading(System.nanoTime() + timeout.toNanos(), refusal);
        readings.add(reading);
        return reading;
    }

    @Override
    public void close() {
        running.cancel(true);
        rounds.shutdownNow();
    }

    private void round() {
        long now = System.nanoTime();
        for (var reading : readings) {
            if (now - reading.deadline > 0) {
                reading.expire();
            }
        }
    }

    /// One thread's wait for one body.
    final class Reading implements AutoCloseable {

        private final long deadline;
        private final Runnable refusal;
        private final Thread reader = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean expired;

        Reading(long deadline, Runnable refusal) {
            this.deadline = deadline;
            this.refusal = refusal;
        }

        /// Whether the client was refused already.
        boolean isExpired() {
            return expired;
        }

        /// After this nobody refuses it any more.
        @Override
        public void close() {
            readings.remove(this);
            if (!over.compareAndSet(false, true)) {
                expired = true;
            }
        }

        private void expire() {
            readings.remove(this);
            if (over.compareAndSet(false, true)) {
                expired = true;
                try {
                    refusal.run();
                } catch (RuntimeException e) {
                    LOG.debug("A slow client is gone: {}", e.toString());
                } finally {
                    // Ends its wait, and with it the connection.
                    reader.interrupt();
                }
            }
        }
    }
}
