package io.flashcall.verification;

import io.flashcall.verification.store.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells sessions that their time has passed. There is nothing else to do after a crash: what was saved before it runs
/// into its deadline like everything else.
public final class Deadlines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int AT_ONCE = 500;

    /// So long after a deadline any node tells its session.
    private static final Duration OTHERS_LATE = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final SessionChanges changes;
    private final Executor executor;
    private final InstantSource clock;
    private final Predicate<SessionId> ours;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Deadlines(Sessions sessions, SessionChanges changes, Timing timing, Predicate<SessionId> ours) {
        this.sessions = sessions;
        this.changes = changes;
        this.executor = timing.executor();
        this.clock = timing.clock();
        this.ours = ours;
        this.thread = Thread.ofVirtual().name("deadlines").unstarted(() -> run(timing.every()));
    }

    /// @param executor for what is told to many sessions at once
    /// @param every    how late a deadline may be noticed
    public record Timing(Executor executor, InstantSource clock, Duration every) {}

    /// @param ours which sessions this node sees first to; those of others are told when nobody has told
    ///             them for a while. That two nodes tell one session does no harm: the second finds nothing
    ///             to do
    public static Deadlines start(Sessions sessions, SessionChanges changes, Timing timing, Predicate<SessionId> ours) {
        var deadlines = new Deadlines(sessions, changes, timing, ours);
        deadlines.thread.start();
        return deadlines;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Duration every) {
        try {
            do {
                while (tick() == AT_ONCE && closed.getCount() > 0) {
                    LOG.debug("many deadlines at once");
                }
            } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells those that are due, all together, so that the store can save them as one group.
    ///
    /// @return how many there were
    int tick() {
        try {
            var now = clock.instant();
            var due = new LinkedHashSet<>(sessions.due(now.minus(OTHERS_LATE), AT_ONCE));
            var all = sessions.due(now, AT_ONCE);
            all.stream().filter(ours).forEach(due::add);
            var told = new CountDownLatch(due.size());
            for (var id : due) {
                executor.execute(() -> {
                    try {
                        changes.apply(id, new SessionEvent.TimePassed());
                    } catch (RuntimeException e) {
                        LOG.error("{}: its deadline could not be saved", id, e);
                    } finally {
                        told.countDown();
                    }
                });
            }
            told.await();
            return due.isEmpty() ? 0 : all.size();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("deadlines could not be read", e);
        }
        return 0;
    }
}
