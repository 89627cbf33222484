package io.flashcall.cli.handset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What one reader of all rings has yet to read; closing it ends the subscription.
///
/// One thread reads, the carrier's writes. The queue is bounded: a reader that is too slow loses the newest rings, and
/// is told how many.
public final class RingReader implements AutoCloseable {

    private static final int MOST = 65_536;

    private final BlockingQueue<Ring> queue = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong lost = new AtomicLong();
    private final Handsets handsets;

    RingReader(Handsets handsets) {
        this.handsets = handsets;
    }

    void add(Ring ring) {
        if (!queue.offer(ring)) {
            lost.incrementAndGet();
        }
    }

    /// Waits for a ring and takes all there are.
    ///
    /// @return empty when there was none in this time
    public List<Ring> take(Duration most) throws InterruptedException {
        var first = queue.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        var rings = new ArrayList<Ring>();
        if (first != null) {
            rings.add(first);
            queue.drainTo(rings);
        }
        return rings;
    }

    /// Rings lost so far.
    public long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        handsets.leave(this);
    }
}
