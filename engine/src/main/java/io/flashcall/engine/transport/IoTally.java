package io.flashcall.engine.transport;

import io.flashcall.engine.transport.IoCounters.In;
import io.flashcall.engine.transport.IoCounters.Out;
import java.util.concurrent.atomic.AtomicLong;

/// The counts behind [IoCounters]: written by one event loop with plain stores, read by any thread.
final class IoTally {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong truncated = new AtomicLong();
    private final AtomicLong sendErrors = new AtomicLong();
    private final AtomicLong sendDrops = new AtomicLong();
    private final AtomicLong readCycles = new AtomicLong();
    private final AtomicLong sendCalls = new AtomicLong();

    void readCycle(int datagrams, int ofThemTruncated) {
        add(readCycles, 1);
        add(received, datagrams);
        if (ofThemTruncated > 0) {
            add(truncated, ofThemTruncated);
        }
    }

    void sent(long datagrams, long calls) {
        add(sent, datagrams);
        add(sendCalls, calls);
    }

    void sendError() {
        add(sendErrors, 1);
    }

    void sendDrop() {
        add(sendDrops, 1);
    }

    /// What the counters say now; any thread.
    ///
    /// @param kernelDrops -1 where the kernel does not say
    /// @param callsKnown  whether system calls of sending were counted
    IoCounters snapshot(long kernelDrops, boolean callsKnown) {
        return new IoCounters(
                new In(received.get(), kernelDrops, truncated.get(), readCycles.get()),
                new Out(sent.get(), sendErrors.get(), sendDrops.get(), callsKnown ? sendCalls.get() : -1));
    }

    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }
}
