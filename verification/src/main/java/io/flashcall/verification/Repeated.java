package io.flashcall.verification;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again, on a virtual thread of its own, until it is closed. What fails is logged
/// once, until it succeeds again.
public final class Repeated implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private final String what;
    private final Runnable work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    // The thread's own.
    private boolean failing;

    private Repeated(String what, Duration pause, Runnable work) {
        this.what = what;
        this.work = work;
        this.thread = Thread.ofVirtual().name(what.replace(' ', '-')).unstarted(() -> run(pause));
    }

    /// @param what  for the log: what cannot be done while it fails, as in "look for dead nodes"
    /// @param pause between the end of one time and the begin of the next
    public static Repeated start(String what, Duration pause, Runnable work) {
        var repeated = new Repeated(what, pause, work);
        repeated.thread.start();
        return repeated;
    }

    /// Waits for the time that is under way.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Duration pause) {
        try {
            do {
                once();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("cannot {}; it is tried again", what, e);
            }
            failing = true;
        }
    }
}
