package io.flashcall.engine.capture;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes messages off the event loops: copies each into a bounded ring, and hands it to a [Sink] on a thread of
/// its own. From half a ring on, calls are sampled, so that those which are kept are kept whole: every second call,
/// then every fourth, eighth and sixteenth, as the ring fills. When it is full the message is dropped. Both are
/// counted. The loops never wait, and never wake the thread: it looks into the ring every 20 ms, since
/// each look costs a wake-up.
final class CaptureThread implements AutoCloseable {

    /// Where messages go; called by the one thread.
    interface Sink {

        /// @param message valid during the call, without its trunk
        /// @param note    as given to [CaptureThread#offer]
        /// @return whether it was wanted, and delivered
        boolean take(WireMessage message, int note) throws IOException;

        /// There is nothing to do for the moment.
        default void idle() throws IOException {}

        /// The last call.
        default void end() throws IOException {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(CaptureThread.class);
    /// Eighths of the ring that are for all calls; each further one halves the share of calls.
    private static final int FOR_ALL = 3;

    private static final int MOST_HALVINGS = 4;
    private static final long NAP_NANOS = 20_000_000L;
    private static final long LONGEST_STOP_MILLIS = 5_000L;
    private static final long COMPLAIN_EVERY_NANOS = 60_000_000_000L;

    private final MessageRing ring;
    private final Sink sink;
    private final Thread thread;
    private final WireMessage message = new WireMessage();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sampledOut = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong unwanted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopping;

    /// How far into the ring all messages have been taken.
    private volatile long takenTo;

    private long complainedAt;

    /// @param name      of the thread
    /// @param ringBytes as of [MessageRing]
    CaptureThread(String name, int ringBytes, Sink sink) {
        ring = new MessageRing(ringBytes);
        this.sink = sink;
        complainedAt = System.nanoTime() - COMPLAIN_EVERY_NANOS;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    CaptureThread start() {
        thread.start();
        return this;
    }

    /// Hands a message over; any thread, allocates nothing.
    void offer(WireMessage offered, int note) {
        if (!stopping && !CallSample.keepsHalved(offered.call(), halvings())) {
            sampledOut.incrementAndGet();
        } else if (stopping || !ring.offer(offered, note)) {
            dropped.incrementAndGet();
        }
    }

    private int halvings() {
        return Math.clamp(ring.eighths() - FOR_ALL, 0, MOST_HALVINGS);
    }

    /// Counts a message that is not to be captured; any thread.
    void leaveOut() {
        leftOut.incrementAndGet();
    }

    CaptureCounters counters() {
        long inTheEnd = unwanted.get();
        return new CaptureCounters(
                taken.get() - inTheEnd,
                delivered.get(),
                dropped.get(),
                leftOut.get() + inTheEnd,
                failed.get(),
                sampledOut.get());
    }

    /// Waits until all that was handed over before has been taken, for a bounded time.
    void catchUp(long mostNanos) {
        long mark = ring.written();
        long until = System.nanoTime() + mostNanos;
        while (takenTo < mark && thread.isAlive() && System.nanoTime() - until < 0) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(100_000L);
        }
    }

    /// Delivers what was handed over, for 5 s at most, and ends the thread.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            boolean last = stopping;
            boolean some = drain();
            guarded(sink::idle);
            if (last && !some) {
                break;
            }
            if (!some) {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
        guarded(sink::end);
    }

    private boolean drain() {
        boolean some = false;
        while (ring.poll(message)) {
            some = true;
            take();
            takenTo = ring.read();
        }
        return some;
    }

    private void take() {
        taken.incrementAndGet();
        try {
            if (sink.take(message, ring.note())) {
                delivered.incrementAndGet();
            } else {
                unwanted.incrementAndGet();
            }
        } catch (IOException | RuntimeException | Error e) {
            failed.incrementAndGet();
            complain(e);
        }
    }

    private interface Step {

        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            complain(e);
        }
    }

    /// Now and then, for a collector that is down is down for each message.
    private void complain(Throwable cause) {
        long now = System.nanoTime();
        if (now - complainedAt >= COMPLAIN_EVERY_NANOS) {
            complainedAt = now;
            LOG.warn("{}: a message was not captured: {}; {} so far", thread.getName(), cause.toString(), failed.get());
        }
    }
}
