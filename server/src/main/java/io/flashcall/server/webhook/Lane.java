package io.flashcall.server.webhook;

import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Outbox.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one endpoint: claims what is due there and sends it, so many requests at once. A slow receiver
/// fills its own lane and no other.
///
/// It claims a few more than it sends at once: to claim is to write to the store, which under load takes longer
/// than a fast receiver does. Its own virtual thread runs [#run]; each delivery has a thread of its own, which
/// hands in how it ended at the [Ledger].
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /// As many times more may be ended and not yet saved; a store that saves nothing is asked for nothing.
    private static final int MOST_UNSAVED = 16;

    /// A lane with nothing to do ends after this long; the next thing to do makes a new one.
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(200);
    private static final String GONE = "the receiver answered HTTP 410";

    private final String id;
    private final Outbox outbox;
    private final Endpoints endpoints;
    private final Courier courier;
    private final Ledger ledger;

    private final Bell bell = new Bell();
    private final Semaphore permits;
    private final AtomicInteger unsent = new AtomicInteger();
    private final AtomicInteger unsaved = new AtomicInteger();
    private volatile boolean due = true;
    private volatile boolean stopped;
    // The ledger's thread's own.
    private boolean failing;
    private volatile Quiet quiet = new Quiet(Instant.MIN, "");

    Lane(String id, Outbox outbox, Endpoints endpoints, Courier courier, Ledger ledger) {
        this.id = id;
        this.outbox = outbox;
        this.endpoints = endpoints;
        this.courier = courier;
        this.ledger = ledger;
        this.permits = new Semaphore(courier.settings().concurrency());
    }

    /// Something is due. May be called by any thread.
    void signal() {
        due = true;
        bell.ring();
    }

    /// Claims and sends nothing more; [#run] returns when what is under way has ended. May be called by any
    /// thread.
    void stop() {
        stopped = true;
        bell.ring();
    }

    /// How a try ended is saved. Called by the ledger's thread.
    void onSaved(Tried tried) {
        tried.quietUntil()
                .filter(quiet.until::isBefore)
                .ifPresent(until -> quiet = new Quiet(until, tried.endpoint().url()));
        tell(tried);
        if (tried.gone()) {
            disable(tried.endpoint());
        }
        unsaved.decrementAndGet();
        // The next event of its session may have become due.
        signal();
    }

    /// Once, until something arrives again. By the ledger's thread alone.
    private void tell(Tried tried) {
        switch (tried.settlement()) {
            case Outbox.Settlement.Delivered _ -> failing = false;
            case Outbox.Settlement.Again again -> tell(again.error());
            case Outbox.Settlement.Dead dead -> tell(dead.error());
        }
    }

    private void tell(String error) {
        if (!failing) {
            LOG.warn("Webhook endpoint {} does not take what is sent: {}", id, error);
        }
        failing = true;
    }

    @Override
    public void run() {
        try {
            while (pass()) {
                // Until it is stopped, or has been idle.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether there may be more to do
    private boolean pass() throws InterruptedException {
        try {
            if (!stopped) {
                claim();
            }
        } catch (RuntimeException e) {
            LOG.warn("The webhook outbox of endpoint {} is not reached", id, e);
            due = true;
            bell.await(PAUSE_AFTER_FAULT);
            return true;
        }
        if (stopped && isIdle()) {
            return false;
        }
        if (!courier.settings().breath().isZero()) {
            Thread.sleep(courier.settings().breath());
        }
        return bell.await(IDLE) || !isIdle() || courier.clock().instant().isBefore(quiet.until);
    }

    private boolean isIdle() {
        // In this order: a delivery is counted as unsaved before it is no longer counted as unsent.
        return unsent.get() == 0 && unsaved.get() == 0;
    }

    private void claim() {
        var settings = courier.settings();
        int room = settings.mostClaimed() - unsent.get();
        if (!due || room < settings.concurrency() || unsaved.get() > MOST_UNSAVED * settings.concurrency()) {
            return;
        }
        due = false;
        var endpoint = endpoints.find(id).filter(Endpoint::isEnabled);
        if (endpoint.isEmpty() || wantsQuiet(endpoint.get())) {
            return;
        }
        var claimed = outbox.claim(id, courier.clock().instant(), settings.hold(), settings.patience(), room);
        if (claimed.size() == room) {
            due = true;
        }
        for (var delivery : claimed) {
            unsent.incrementAndGet();
            Thread.ofVirtual().name("webhook-", delivery.id()).start(() -> send(endpoint.get(), delivery));
        }
    }

    private boolean wantsQuiet(Endpoint endpoint) {
        return courier.clock().instant().isBefore(quiet.until) && endpoint.url().equals(quiet.url);
    }

    /// On a thread of its own.
    private void send(Endpoint endpoint, Delivery delivery) {
        permits.acquireUninterruptibly();
        try {
            // One that is left out here is claimed again when nobody holds it any more.
            if (!stopped && !wantsQuiet(endpoint)) {
                var tried = courier.deliver(endpoint, delivery);
                unsaved.incrementAndGet();
                ledger.handIn(this, tried);
            }
        } finally {
            permits.release();
            unsent.decrementAndGet();
            bell.ring();
        }
    }

    /// Unless somebody changed its URL meanwhile.
    private void disable(Endpoint asSent) {
        try {
            endpoints
                    .find(id)
                    .filter(now -> now.isEnabled() && now.url().equals(asSent.url()))
                    .ifPresent(now -> {
                        endpoints.save(new Endpoint(
                                now.id(), now.app(), now.url(), now.types(), now.secrets(), Optional.of(GONE)));
                        LOG.warn("Webhook endpoint {} is disabled: {}", id, GONE);
                    });
        } catch (RuntimeException e) {
            LOG.warn("Webhook endpoint {} is not disabled yet although {}", id, GONE, e);
        }
    }

    /// @param until when the receiver wants to be asked again
    /// @param url   the receiver's; another one at the same endpoint said no such thing
    private record Quiet(Instant until, String url) {}
}
