package io.flashcall.engine.capture;

import io.flashcall.engine.CaptureConfig;

/// Shows an engine's messages to a HEP collector over UDP, such as Homer's or sngrep. A message costs its event
/// loop a copy; a thread of its own encodes and sends. A collector that is slow, unknown or down costs
/// messages, which are counted, and never a call.
///
/// Thread-safe.
public final class HepSender implements TraceListener, AutoCloseable {

    /// A fifth of a second of 5,000 calls a second.
    private static final int RING_BYTES = 1 << 23;

    private final CallSample sample;
    private final CaptureThread thread;

    private HepSender(CallSample sample, CaptureThread thread) {
        this.sample = sample;
        this.thread = thread;
    }

    /// Starts its thread; the collector need not be there yet.
    public static HepSender start(CaptureConfig.Hep config) {
        return new HepSender(
                new CallSample(config.sample()),
                new CaptureThread("flashcall-hep", RING_BYTES, new HepCollector(config)).start());
    }

    @Override
    public void onMessage(WireMessage message) {
        if (sample.keeps(message.call())) {
            thread.offer(message, 0);
        } else {
            thread.leaveOut();
        }
    }

    /// So far.
    public CaptureCounters counters() {
        return thread.counters();
    }

    /// Sends what was captured, for 5 s at most.
    @Override
    public void close() {
        thread.close();
    }
}
