package io.flashcall.engine.capture;

import java.util.concurrent.CountDownLatch;

/// A capture whose destination takes nothing more until it is closed, so that its small ring fills.
public final class StuckCapture implements TraceListener, AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CaptureThread thread =
            new CaptureThread("test-stuck", MessageRing.SMALLEST, (_, _) -> hang()).start();

    private boolean hang() {
        try {
            closed.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onMessage(WireMessage message) {
        thread.offer(message, 0);
    }

    public CaptureCounters counters() {
        return thread.counters();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.close();
    }
}
