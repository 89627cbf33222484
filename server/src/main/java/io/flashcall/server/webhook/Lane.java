package io.flashcall.server.webhook;

import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Outbox.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one endpoint: claims what is due there, sends it, saves how it ended, and claims again as soon as
/// there is room. A slow receiver fills its own lane and no other.
///
/// Its own virtual thread runs [#run] and owns every field that is not said to be shared; each request has a
/// thread of its own, which only hands in how it ended.
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /// A lane with nothing to do ends after this long; the next thing to do makes a new one.
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(200);
    private static final String GONE = "the receiver answered HTTP 410";

    private final String id;
    private final Outbox outbox;
    private final Endpoints endpoints;
    private final Courier courier;

    // Shared with the dispatcher and with the threads that send.
    private final Bell bell = new Bell();
    private final Queue<Tried> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean due = true;
    private volatile boolean stopped;

    private final List<Tried> unsaved = new ArrayList<>();
    private Instant quietUntil = Instant.MIN;
    private String quietUrl = "";

    Lane(String id, Outbox outbox, Endpoints endpoints, Courier courier) {
        this.id = id;
        this.outbox = outbox;
        this.endpoints = endpoints;
        this.courier = courier;
    }

    /// Something is due. May be called by any thread.
    void signal() {
        due = true;
        bell.ring();
    }

    /// Claims nothing more; [#run] returns when what is under way has ended. May be called by any thread.
    void stop() {
        stopped = true;
        bell.ring();
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

    /// Saves, claims, and waits until there is something to do.
    ///
    /// @return whether there may be more
    private boolean pass() throws InterruptedException {
        try {
            save();
            if (!stopped) {
                claim();
            }
        } catch (RuntimeException e) {
            LOG.warn("The webhook outbox of endpoint {} is not reached", id, e);
            due = true;
            bell.await(PAUSE_AFTER_FAULT);
            return !stopped;
        }
        if (stopped && isIdle()) {
            return false;
        }
        return bell.await(IDLE) || !isIdle() || courier.clock().instant().isBefore(quietUntil);
    }

    private boolean isIdle() {
        // In this order: a thread hands in what it has before it is no longer counted.
        return underWay.get() == 0 && ended.isEmpty() && unsaved.isEmpty();
    }

    private void save() {
        for (var tried = ended.poll(); tried != null; tried = ended.poll()) {
            unsaved.add(tried);
        }
        if (unsaved.isEmpty()) {
            return;
        }
        outbox.settle(unsaved.stream().map(Tried::settlement).toList());
        var saved = List.copyOf(unsaved);
        unsaved.clear();
        // The next events of these sessions may have become due.
        due = true;
        for (var tried : saved) {
            heed(tried);
        }
    }

    private void heed(Tried tried) {
        if (tried.gone()) {
            disable(tried.endpoint());
        }
        tried.quietUntil().filter(quietUntil::isBefore).ifPresent(until -> {
            quietUntil = until;
            quietUrl = tried.endpoint().url();
        });
    }

    private void claim() {
        int room = courier.settings().concurrency() - underWay.get();
        if (!due || room <= 0) {
            return;
        }
        due = false;
        var endpoint = endpoints.find(id).filter(Endpoint::isEnabled);
        if (endpoint.isEmpty() || wantsQuiet(endpoint.get())) {
            return;
        }
        var settings = courier.settings();
        var claimed = outbox.claim(id, courier.clock().instant(), settings.hold(), settings.patience(), room);
        if (claimed.size() == room) {
            due = true;
        }
        for (var delivery : claimed) {
            send(endpoint.get(), delivery);
        }
    }

    private boolean wantsQuiet(Endpoint endpoint) {
        return courier.clock().instant().isBefore(quietUntil) && endpoint.url().equals(quietUrl);
    }

    private void send(Endpoint endpoint, Delivery delivery) {
        underWay.incrementAndGet();
        Thread.ofVirtual().name("webhook-", delivery.id()).start(() -> {
            try {
                ended.add(courier.deliver(endpoint, delivery));
            } finally {
                underWay.decrementAndGet();
                bell.ring();
            }
        });
    }

    /// Unless somebody changed its URL meanwhile.
    private void disable(Endpoint asSent) {
        endpoints
                .find(id)
                .filter(now -> now.isEnabled() && now.url().equals(asSent.url()))
                .ifPresent(now -> {
                    endpoints.save(new Endpoint(
                            now.id(), now.app(), now.url(), now.types(), now.secrets(), Optional.of(GONE)));
                    LOG.warn("Webhook endpoint {} is disabled: {}", id, GONE);
                });
    }
}
