package io.flashcall.engine.agent;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that takes events out of all queues and calls the listener, in order per call.
final class EventPump implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final int EVENTS_A_TURN = 256;
    private static final long GATHER_NANOS = 2_000_000L;
    private static final long NAP_NANOS = 50_000_000L;
    private static final long LONGEST_STOP_MILLIS = 5_000L;

    private volatile List<EventQueue> queues = List.of();
    private final CallEventListener listener;
    private final LiveReferences liveReferences;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopping;

    /// @param liveReferences an ended call's reference is removed from it before the listener hears of the end
    EventPump(CallEventListener listener, LiveReferences liveReferences) {
        this.listener = listener;
        this.liveReferences = liveReferences;
        thread = Thread.ofPlatform().name("flashcall-events").daemon().unstarted(this);
    }

    void start(List<EventQueue> toDrain) {
        queues = List.copyOf(toDrain);
        thread.start();
    }

    /// There is something in a queue; any thread, cheap when the pump is awake.
    void wake() {
        // The events were published with ordered stores: without the fence, `asleep` might be read ahead of them.
        VarHandle.fullFence();
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /// Delivers what is queued, then ends the thread. Waits for that, up to 5 s.
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LONGEST_STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void run() {
        while (true) {
            boolean last = stopping;
            if (drainAll() == 0) {
                if (last) {
                    return;
                }
                sleep();
            }
        }
    }

    /// First a nap that nobody can cut short, while which events gather: under load the loops then need not wake the
    /// pump in each of their cycles.
    private void sleep() {
        LockSupport.parkNanos(this, GATHER_NANOS);
        if (drainAll() > 0) {
            return;
        }
        asleep = true;
        if (drainAll() == 0 && !stopping) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        asleep = false;
    }

    /// No more than a turn's worth: a busy user agent must not keep the others' events waiting for ever.
    private int drainTurn(EventQueue queue) {
        int delivered = 0;
        while (delivered < EVENTS_A_TURN) {
            var cell = queue.poll();
            if (cell == null) {
                break;
            }
            deliver(cell.toEvent());
            queue.recycle(cell);
            delivered++;
        }
        return delivered;
    }

    private int drainAll() {
        int delivered = 0;
        for (var queue : queues) {
            delivered += drainTurn(queue);
        }
        return delivered;
    }

    private void deliver(CallEvent event) {
        if (event instanceof CallEvent.Ended) {
            liveReferences.remove(event.stamp().reference());
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "listener failed on {} of call {}",
                    event.getClass().getSimpleName(),
                    event.stamp().call(),
                    e);
        }
    }
}
