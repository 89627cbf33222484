package io.flashcall.server.http.stream;

import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Writes the events of one session to one reader: those so far, then each as it happens, until the session is over.
/// Belongs to the thread that writes.
public final class EventStream implements Reply.Stream {

    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final Subscription subscription;
    private final Supplier<List<TimelineEntry>> timeline;
    private final Function<TimelineEntry, ObjectNode> view;
    private final Duration keepAlive;
    private int sequence;
    private Status status = Status.PENDING;

    /// @param after     sequence of the last event that the reader has; 0: none
    /// @param timeline  the session's events so far
    /// @param view      what the reader may see of one
    /// @param keepAlive how long the line may be silent
    public EventStream(
            Subscription subscription,
            int after,
            Supplier<List<TimelineEntry>> timeline,
            Function<TimelineEntry, ObjectNode> view,
            Duration keepAlive) {
        this.subscription = subscription;
        this.sequence = after;
        this.timeline = timeline;
        this.view = view;
        this.keepAlive = keepAlive;
        subscription.place(after);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            // So that a reader knows at once that it is connected.
            out.write(KEEP_ALIVE);
            catchUp(out);
            while (!status.isFinal() && !subscription.isEnded()) {
                var event = subscription.next(keepAlive);
                if (event.isPresent()) {
                    if (event.get().sequence() > sequence + 1) {
                        catchUp(out);
                    }
                    write(event.get(), out);
                } else if (!subscription.isEnded()) {
                    out.write(KEEP_ALIVE);
                    // Another process may have done something to the session.
                    catchUp(out);
                }
                out.flush();
            }
        } finally {
            // Whoever ended it may have done so too late to wake us.
            Thread.interrupted();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void catchUp(OutputStream out) throws IOException {
        for (var event : timeline.get()) {
            write(event, out);
        }
        out.flush();
    }

    private void write(TimelineEntry event, OutputStream out) throws IOException {
        if (event.type().isFinal()) {
            status = event.type().statusAfter();
        }
        if (event.sequence() <= sequence) {
            return;
        }
        sequence = event.sequence();
        subscription.place(sequence);
        var data = view.apply(event);
        data.put("status", status.label());
        var text = "event: " + event.type().label() + "\nid: " + sequence + "\ndata: " + Json.text(data) + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
