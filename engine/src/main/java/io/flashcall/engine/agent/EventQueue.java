package io.flashcall.engine.agent;

import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/// Carries the events of one user agent to the consumer: a lock-free queue that cannot overflow, because every call
/// reserves room for all the events that it can have before it is accepted.
///
/// [#reserve] is for any thread, [#next] and [#publish] for the loop, [#poll] and [#recycle] for the consumer.
final class EventQueue {

    /// Each kind of event happens at most once a call.
    static final int EVENTS_PER_CALL = EventCell.Kind.values().length;

    private final SpscArrayQueue<EventCell> filled;
    private final SpscArrayQueue<EventCell> free;
    private final AtomicInteger credits;

    /// @param capacity events not yet consumed, at least [#EVENTS_PER_CALL]
    EventQueue(int capacity) {
        filled = new SpscArrayQueue<>(capacity);
        free = new SpscArrayQueue<>(capacity);
        credits = new AtomicInteger(capacity);
    }

    /// Reserves room for one call's events.
    ///
    /// @return false when the consumer is too far behind
    boolean reserve() {
        int left = credits.get();
        while (left >= EVENTS_PER_CALL) {
            int seen = credits.compareAndExchange(left, left - EVENTS_PER_CALL);
            if (seen == left) {
                return true;
            }
            left = seen;
        }
        return false;
    }

    /// Gives back room that no event will need.
    void giveBack(int room) {
        credits.addAndGet(room);
    }

    /// A cell to fill; made only where none has come back yet, so their number follows the consumer's pace.
    EventCell next() {
        var cell = free.relaxedPoll();
        return cell == null ? new EventCell() : cell;
    }

    void publish(EventCell cell) {
        if (!filled.relaxedOffer(cell)) {
            throw new IllegalStateException("event queue full although every call reserves room for its events");
        }
    }

    @Nullable EventCell poll() {
        return filled.relaxedPoll();
    }

    void recycle(EventCell cell) {
        int room = cell.credits;
        cell.forgetReference();
        free.relaxedOffer(cell);
        credits.addAndGet(room);
    }

    /// Room that is not reserved; for tests and snapshots.
    int credits() {
        return credits.get();
    }
}
