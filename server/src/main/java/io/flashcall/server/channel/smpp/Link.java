package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jsmpp.PDUException;
import org.jsmpp.extra.NegativeResponseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a channel bound to its SMSC.
///
/// ```
///            bound                        ends, or was refused
///  Binding ────────▶ Bound ──▶ Pausing ◀──────────────────────── Binding
///     ▲                           │ its time is up, or a message waits and the shortest pause has passed
///     └───────────────────────────┘
/// ```
///
/// Each pause is twice the one before, up to the longest; a bind that outlasts the pause before it starts over with the
/// shortest. One virtual thread does all of this until the link is closed. Thread-safe.
final class Link implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final SmppChannelConfig config;
    private final ReceiptDesk desk;
    private final Thread keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private @Nullable Bind bound;
    private long downSince = System.nanoTime();
    private int waiting;
    private boolean closing;

    // Of the keeper alone: whether the outage was told of.
    private boolean trouble;

    Link(SmppChannelConfig config, ReceiptDesk desk) {
        this.config = config;
        this.desk = desk;
        this.keeper = Thread.ofVirtual().name("smpp-" + config.name()).unstarted(this::keep);
    }

    void start() {
        keeper.start();
    }

    boolean isUp() {
        return current().isPresent();
    }

    /// Whether the link has been down for so long that messages had better take another channel.
    boolean isGivenUp() {
        lock.lock();
        try {
            return closing
                    || (current().isEmpty()
                            && System.nanoTime() - downSince
                                    > config.pace().reconnect().downAfter().toNanos());
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the link is up.
    ///
    /// @param until of [System#nanoTime]
    /// @return empty when it is not by then
    Optional<Bind> await(long until) {
        lock.lock();
        try {
            waiting++;
            changed.signalAll();
            while (current().isEmpty() && !closing) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                changed.awaitNanos(left);
            }
            return closing ? Optional.empty() : current();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private Optional<Bind> current() {
        lock.lock();
        try {
            return Optional.ofNullable(bound).filter(Bind::isUp);
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        var backOff = new BackOff(config.pace().reconnect());
        try {
            while (!isClosing()) {
                long began = System.nanoTime();
                boolean held = hold();
                pause(backOff.next(held ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Binds, and returns when the bind has ended.
    ///
    /// @return whether there was one
    private boolean hold() throws InterruptedException {
        try {
            var bind = Bind.open(config, desk);
            if (!take(bind)) {
                bind.close();
                return false;
            }
            bind.awaitEnd();
            lose();
            return true;
        } catch (IOException | RuntimeException e) {
            tell(reason(e));
            return false;
        }
    }

    private boolean take(Bind bind) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            bound = bind;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (trouble) {
            LOG.warn("Channel {}: bound to its SMSC again", config.name());
        }
        trouble = false;
        return true;
    }

    private void lose() {
        lock.lock();
        try {
            bound = null;
            downSince = System.nanoTime();
            if (closing) {
                return;
            }
        } finally {
            lock.unlock();
        }
        tell("the link broke");
    }

    /// Once for each outage: trying goes on for as long as it lasts.
    private void tell(String reason) {
        if (!trouble && !isClosing()) {
            LOG.warn("Channel {}: not bound to its SMSC: {}; trying on", config.name(), reason);
        }
        trouble = true;
    }

    private static String reason(Exception e) {
        if (e.getCause() instanceof NegativeResponseException refusal) {
            return "bind refused with " + new Answer.Refused(refusal.getCommandStatus());
        }
        // What the library says of a PDU that it does not like holds what is in it: the password.
        return e instanceof IOException && !(e.getCause() instanceof PDUException)
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }

    private void pause(Duration pause) throws InterruptedException {
        long began = System.nanoTime();
        long least = Math.min(pause.toNanos(), config.pace().reconnect().least().toNanos());
        lock.lock();
        try {
            while (!closing) {
                long left = (waiting > 0 ? least : pause.toNanos()) - (System.nanoTime() - began);
                if (left <= 0) {
                    return;
                }
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more messages, waits a few seconds for answers, and unbinds. Idempotent.
    @Override
    public void close() {
        Bind last;
        lock.lock();
        try {
            closing = true;
            last = bound;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.drain(DRAIN);
        }
        keeper.interrupt();
        try {
            keeper.join(DRAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
