package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps one trunk's targets fresh.
///
/// Looks again when about four fifths of the time to live are over; after a failure in 1 s, then in twice
/// that, up to 30 s; some less at random, so that trunks do not all ask at once. While DNS fails, or says
/// that the carrier is gone, the last good answer stays: whether its targets still take calls is for others
/// to find out.
///
/// Any thread; [#status] takes no lock. Nothing waits for DNS but [#start], and that no longer than it is
/// told.
public final class TargetWatcher implements AutoCloseable {

    /// [#refreshNow] keeps at least so far from the last look-up.
    public static final Duration REFRESH_LIMIT = Duration.ofSeconds(5);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;

    /// Which part of the time to live passes before the next look-up, at least and at most.
    private static final double EARLIEST = 0.75;
    private static final double LATEST = 0.85;

    /// Which part of the back-off passes, at least.
    private static final double SHORTEST_RETRY = 0.9;

    private final WatchLog log;
    private final Function<Optional<Located>, Location> search;
    private final TargetListener listener;
    private final Agenda agenda;
    private final RandomGenerator random;
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    private volatile WatchStatus status;
    private volatile boolean closed;

    /// Whether the listener can use all that it was told last. Look-ups never overlap.
    private volatile boolean taken = true;

    // What follows is guarded by the lock.
    private Agenda.@Nullable Entry next;
    private boolean started;
    private boolean looking;
    private long turn;
    private long lastLook;

    /// @param trunk  its id, for the log
    /// @param search looks once, given the last good answer; such as [CarrierLocator#locate] for the trunk's
    ///               target
    /// @param random spreads the look-ups
    public TargetWatcher(
            String trunk,
            Function<Optional<Located>, Location> search,
            TargetListener listener,
            Agenda agenda,
            RandomGenerator random) {
        log = new WatchLog(trunk);
        this.search = search;
        this.listener = listener;
        this.agenda = agenda;
        this.random = random;
        status = WatchStatus.pending(agenda.now());
    }

    /// By the machine's clock, on virtual threads.
    public static TargetWatcher ofSystem(
            String trunk, Function<Optional<Located>, Location> search, TargetListener listener) {
        RandomGenerator anyThread = () -> ThreadLocalRandom.current().nextLong();
        return new TargetWatcher(trunk, search, listener, Agenda.ofSystem("dns-" + trunk), anyThread);
    }

    /// Begins, and waits until the first look-up has ended and the listener knows, but no longer than that.
    /// If it found nothing, or has not ended, the status says so, and the watcher keeps trying.
    ///
    /// @throws IllegalStateException when it has been started before
    public WatchStatus start(Duration most) throws InterruptedException {
        lock.lock();
        try {
            if (started) {
                throw new IllegalStateException("the watcher has been started (expected: once)");
            }
            started = true;
            schedule(Duration.ZERO);
        } finally {
            lock.unlock();
        }
        if (!firstLook.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
            log.stillWaiting(most);
        }
        return status;
    }

    /// How it stands now.
    public WatchStatus status() {
        return status;
    }

    /// Asks for a look-up at once, such as when no target takes calls any more.
    ///
    /// @return whether one begins: not while one is under way, nor within [#REFRESH_LIMIT] of the last, nor
    ///         when closed
    public boolean refreshNow() {
        lock.lock();
        try {
            boolean tooSoon = agenda.nanoTime() - lastLook < REFRESH_LIMIT.toNanos();
            if (next == null || looking || tooSoon) {
                return false;
            }
            schedule(Duration.ZERO);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Stops looking, and waits for nothing: a listener that is just being told is told to the end.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            cancelNext();
        } finally {
            lock.unlock();
        }
        firstLook.countDown();
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /// The lock is held.
    private void schedule(Duration delay) {
        cancelNext();
        if (!closed) {
            long mine = ++turn;
            next = agenda.after(delay, () -> look(mine));
        }
    }

    private void look(long mine) {
        if (!begins(mine)) {
            return;
        }
        var before = status;
        var location = searched(before.located());
        if (closed) {
            return;
        }
        var after = before.after(location, agenda.now());
        status = after;
        log.changed(before, after);
        if (after.hasOtherTargetsThan(before) || !taken) {
            taken = tell(after.located().orElseThrow());
        }
        firstLook.countDown();
        ends(after);
    }

    /// An entry that was replaced while its thread awoke is none any more: look-ups never overlap.
    private boolean begins(long mine) {
        lock.lock();
        try {
            if (closed || mine != turn) {
                return false;
            }
            looking = true;
            lastLook = agenda.nanoTime();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void ends(WatchStatus after) {
        lock.lock();
        try {
            looking = false;
            // This entry has been done: to cancel it would interrupt the thread that schedules.
            next = null;
            schedule(delay(after));
        } finally {
            lock.unlock();
        }
    }

    private Location searched(Optional<Located> before) {
        try {
            return search.apply(before);
        } catch (RuntimeException e) {
            log.threw("the look-up", e);
            return new DnsFailure(e.toString());
        }
    }

    private boolean tell(Located located) {
        try {
            return listener.onTargets(located);
        } catch (RuntimeException e) {
            log.threw("the listener", e);
            return true;
        }
    }

    private Duration delay(WatchStatus after) {
        var trouble = after.trouble();
        if (trouble.isPresent()) {
            int doublings = Math.min(trouble.get().tries() - 1, MOST_DOUBLINGS);
            var backOff = FIRST_RETRY.multipliedBy(1L << doublings);
            return between(backOff.compareTo(LAST_RETRY) < 0 ? backOff : LAST_RETRY, SHORTEST_RETRY, 1);
        }
        return between(after.located().orElseThrow().timeToLive(), EARLIEST, LATEST);
    }

    private Duration between(Duration whole, double least, double most) {
        return Duration.ofNanos((long) (whole.toNanos() * (least + (most - least) * random.nextDouble())));
    }
}
