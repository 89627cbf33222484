package io.flashcall.server.http.stream;

import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One reader's place in the [SessionFeed], with room for a few events that it has not read yet.
public final class Subscription implements AutoCloseable {

    private static final int ROOM = 64;

    private final SessionFeed feed;
    private final SessionId session;
    private final Thread reader = Thread.currentThread();
    // Nothing: there is news elsewhere.
    private final BlockingQueue<Optional<TimelineEntry>> waiting = new LinkedBlockingQueue<>(ROOM);
    private volatile int place;
    private volatile boolean ended;

    Subscription(SessionFeed feed, SessionId session) {
        this.feed = feed;
        this.session = session;
    }

    SessionId session() {
        return session;
    }

    /// The next event; empty when none came in time, when the timeline has more of them, or when there will
    /// be none: see [#isEnded].
    Optional<TimelineEntry> next(Duration patience) {
        try {
            return Objects.requireNonNullElse(
                    waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS), Optional.<TimelineEntry>empty());
        } catch (InterruptedException e) {
            // Told to stop; its reader still writes the end of the stream.
            ended = true;
            return Optional.empty();
        }
    }

    boolean isEnded() {
        return ended;
    }

    synchronized void offer(List<TimelineEntry> events) {
        for (var event : events) {
            if (!waiting.offer(Optional.of(event))) {
                end();
            }
        }
    }

    /// The timeline has more than was offered.
    void behind() {
        // Whoever has not even read what was offered will see the gap.
        if (waiting.isEmpty()) {
            var _ = waiting.offer(Optional.empty());
        }
    }

    /// Sequence of the last event that its reader has written.
    int place() {
        return place;
    }

    void place(int sequence) {
        place = sequence;
    }

    /// Wakes its reader, wherever it waits: for an event, or for a socket that takes no more.
    synchronized void end() {
        if (!ended) {
            ended = true;
            reader.interrupt();
        }
    }

    /// To be called by its reader: afterwards nobody interrupts that thread any more.
    @Override
    public synchronized void close() {
        ended = true;
        feed.leave(this);
        // What interrupted it meanwhile must not hit the connection's next request.
        Thread.interrupted();
    }
}
