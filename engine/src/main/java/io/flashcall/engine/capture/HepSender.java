package io.flashcall.engine.capture;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;

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

    /// Looks the collector up and starts its thread. The collector need not be there yet, but its name must be known.
    ///
    /// @throws IOException naming the collector that cannot be found
    public static HepSender start(CaptureConfig.Hep config) throws IOException {
        var collector = new HepCollector(config);
        collector.find();
        return new HepSender(
                new CallSample(config.sample()), new CaptureThread("flashcall-hep", RING_BYTES, collector).start());
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
