package io.flashcall.server.webhook;

import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Outbox;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers what the outbox holds: at least once, in order for each endpoint and session, each endpoint in a
/// [Lane] of its own. It looks when it is woken, and now and then by itself.
///
/// [#wake] may be called from any thread; start and close once, from one.
public final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /// Between two looks, however often it is woken: each look reads the store, and may claim in every lane.
    private static final Duration BREATH = Duration.ofMillis(5);

    /// For what is under way when it is closed. What takes longer is delivered again after the next start.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Endpoints endpoints;
    private final Courier courier;
    private final Ledger ledger;
    private final Bell bell = new Bell();
    private final Map<Lane, Thread> threads = new ConcurrentHashMap<>();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Thread lookout = Thread.ofVirtual().name("webhook-lookout").unstarted(this::look);
    private final Thread keeper;
    private volatile boolean closed;

    public Dispatcher(Outbox outbox, Endpoints endpoints, Courier courier) {
        this.outbox = outbox;
        this.endpoints = endpoints;
        this.courier = courier;
        this.ledger = new Ledger(outbox, courier.settings().breath());
        this.keeper = Thread.ofVirtual().name("webhook-ledger").unstarted(ledger);
    }

    public void start() {
        keeper.start();
        lookout.start();
    }

    /// Events were saved. Returns at once.
    public void wake() {
        bell.ring();
    }

    /// Claims nothing more, and waits some seconds for what is under way.
    @Override
    public void close() {
        close(FAREWELL);
    }

    /// Claims nothing more, and waits that long for what is under way.
    public void close(Duration farewell) {
        closed = true;
        bell.ring();
        long until = System.nanoTime() + farewell.toNanos();
        try {
            join(lookout, until);
            lanes.values().forEach(Lane::stop);
            for (var thread : threads.values()) {
                join(thread, until);
            }
            ledger.stop();
            join(keeper, until);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread, long until) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }

    private void look() {
        try {
            while (!closed) {
                try {
                    for (var id : outbox.waiting(courier.clock().instant())) {
                        lanes.computeIfAbsent(id, this::open).signal();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("The webhook outbox is not reached", e);
                }
                Thread.sleep(breath());
                bell.await(courier.settings().poll());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration breath() {
        var breath = courier.settings().breath();
        return breath.compareTo(BREATH) > 0 ? breath : BREATH;
    }

    private Lane open(String id) {
        var lane = new Lane(id, outbox, endpoints, courier, ledger);
        var thread = Thread.ofVirtual().name("webhook-lane-" + id).unstarted(() -> {
            lane.run();
            lanes.remove(id, lane);
            threads.remove(lane);
        });
        threads.put(lane, thread);
        thread.start();
        return lane;
    }
}
