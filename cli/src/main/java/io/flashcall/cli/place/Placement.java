package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.Engine;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.TraceListener;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Follows one call. The engine's threads and the stop signal leave their news here; the command's thread takes them
/// out in order.
final class Placement implements CallEventListener, TraceListener {

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final List<CallEvent> events = new ArrayList<>();
    private final boolean whole;
    private final Consumer<News.Message> view;
    private boolean drained;
    private boolean nothingLeft;

    /// @param whole whether the view wants whole messages
    /// @param view  sees each message, on the command's thread
    Placement(boolean whole, Consumer<News.Message> view) {
        this.whole = whole;
        this.view = view;
    }

    @Override
    public void onEvent(CallEvent event) {
        news.add(new News.Event(event));
    }

    @Override
    public void onMessage(long call, boolean sent, long nanos, byte[] bytes, int length, InetSocketAddress peer) {
        String text = whole ? new String(bytes, 0, length, StandardCharsets.UTF_8) : "";
        news.add(new News.Message(LadderStep.of(call, sent, nanos, bytes, length), text));
    }

    /// Any thread: the call is to end.
    void stop() {
        news.add(new News.Stop());
    }

    /// Waits until the call has ended, however it does.
    ///
    /// @param drainTimeout how long it may take once it is asked to stop
    CallReport awaitEnd(Engine engine, Duration drainTimeout) throws InterruptedException {
        while (!ended()) {
            if (take(news.take())) {
                finish(engine, drainTimeout);
                engine.close();
                takeAll();
                break;
            }
        }
        return new CallReport(events);
    }

    /// Lets what is still under way end, once: the ACK of the last response, and a call that ended for want of a
    /// response but may yet get one, which must not be left ringing.
    ///
    /// @return whether nothing was left when the time was over
    boolean finish(Engine engine, Duration drainTimeout) {
        if (!drained) {
            drained = true;
            nothingLeft = engine.drain(drainTimeout).complete();
        }
        takeAll();
        return nothingLeft;
    }

    private void takeAll() {
        for (News next = news.poll(); next != null; next = news.poll()) {
            take(next);
        }
    }

    private boolean ended() {
        return !events.isEmpty() && events.getLast() instanceof CallEvent.Ended;
    }

    /// @return whether the call is to stop
    private boolean take(News next) {
        return switch (next) {
            case News.Message message -> {
                view.accept(message);
                yield false;
            }
            case News.Event(var event) -> {
                events.add(event);
                yield false;
            }
            case News.Stop() -> true;
        };
    }
}
