package io.flashcall.server.webhook;

import io.flashcall.verification.store.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves how tries ended, those of all lanes that came meanwhile at once: while one batch is being saved, the
/// next one gathers. What cannot be saved is kept and tried again. Its own virtual thread runs [#run].
final class Ledger implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final Duration breath;
    private final Bell bell = new Bell();
    private final Queue<Entry> handedIn = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /// @param breath between two batches, so that each saves more
    Ledger(Outbox outbox, Duration breath) {
        this.outbox = outbox;
        this.breath = breath;
    }

    /// May be called by any thread; the lane is told when it is saved.
    void handIn(Lane lane, Tried tried) {
        handedIn.add(new Entry(lane, tried));
        bell.ring();
    }

    /// Lets [#run] save what it has, once, and return. May be called by any thread.
    void stop() {
        stopped = true;
        bell.ring();
    }

    @Override
    public void run() {
        var batch = new ArrayList<Entry>();
        try {
            while (!stopped) {
                fill(batch);
                if (batch.isEmpty()) {
                    bell.await(PATIENCE);
                } else if (save(batch)) {
                    batch.clear();
                    Thread.sleep(breath);
                } else {
                    bell.await(PAUSE_AFTER_FAULT);
                }
            }
            fill(batch);
            save(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill(List<Entry> batch) {
        while (batch.size() < MOST_AT_ONCE) {
            var entry = handedIn.poll();
            if (entry == null) {
                return;
            }
            batch.add(entry);
        }
    }

    private boolean save(List<Entry> batch) {
        try {
            outbox.settle(batch.stream().map(entry -> entry.tried.settlement()).toList());
        } catch (RuntimeException e) {
            LOG.warn("How webhook deliveries ended is not saved yet", e);
            return false;
        }
        for (var entry : batch) {
            entry.lane.onSaved(entry.tried);
        }
        return true;
    }

    private record Entry(Lane lane, Tried tried) {}
}
