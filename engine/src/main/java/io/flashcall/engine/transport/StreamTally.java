package io.flashcall.engine.transport;

import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The counts behind [StreamCounters]: written by one event loop with plain stores, read by any thread.
final class StreamTally {

    private static final CloseReason[] REASONS = CloseReason.values();

    private final AtomicLong messagesIn = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong pingsIn = new AtomicLong();
    private final AtomicLong pongsIn = new AtomicLong();
    private final AtomicLong messagesOut = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong pingsOut = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLongArray closed = new AtomicLongArray(REASONS.length);

    void messageIn() {
        add(messagesIn, 1);
    }

    void bytesIn(int bytes) {
        add(bytesIn, bytes);
    }

    void pingIn() {
        add(pingsIn, 1);
    }

    void pongIn() {
        add(pongsIn, 1);
    }

    void messageOut(int bytes) {
        add(messagesOut, 1);
        add(bytesOut, bytes);
    }

    void refused() {
        add(refused, 1);
    }

    void pingOut() {
        add(pingsOut, 1);
    }

    void connected() {
        add(connected, 1);
    }

    void closed(CloseReason reason) {
        closed.lazySet(reason.ordinal(), closed.getPlain(reason.ordinal()) + 1);
    }

    /// What the counters say now; any thread.
    StreamCounters snapshot() {
        var ends = new EnumMap<CloseReason, Long>(CloseReason.class);
        for (var reason : REASONS) {
            long count = closed.get(reason.ordinal());
            if (count > 0) {
                ends.put(reason, count);
            }
        }
        return new StreamCounters(
                new StreamCounters.In(messagesIn.get(), bytesIn.get(), pingsIn.get(), pongsIn.get()),
                new StreamCounters.Out(messagesOut.get(), bytesOut.get(), refused.get(), pingsOut.get()),
                connected.get(),
                ends);
    }

    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }
}
