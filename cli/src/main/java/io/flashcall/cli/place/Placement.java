package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.Engine;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.capture.WireMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Follows one call. The engine's threads and the stop signal leave their news here; the command's thread takes them
/// out in order.
final class Placement implements CallEventListener, TraceListener {

    /// Time for what a peer sends as it ends a call, such as the 200 of a CANCEL that comes after the 487.
    private static final Duration LAST_MESSAGES = Duration.ofMillis(50);

    private static final Pattern CALL_ID = Pattern.compile("(?im)^Call-ID:[ \\t]*(\\S+)");

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final List<CallEvent> events = new ArrayList<>();
    private final Consumer<News.Message> view;
    private String callId = "";
    private volatile boolean toStop;
    private boolean cancelled;
    private boolean stopped;
    private boolean nothingLeft;

    /// @param view sees each message, on the command's thread
    Placement(Consumer<News.Message> view) {
        this.view = view;
    }

    @Override
    public void onEvent(CallEvent event) {
        news.add(new News.Event(event));
    }

    @Override
    public void onMessage(WireMessage message) {
        String text = new String(message.bytes(), 0, message.length(), StandardCharsets.UTF_8);
        news.add(new News.Message(LadderStep.of(message), text));
    }

    /// Any thread: the call is to end.
    void stop() {
        toStop = true;
        news.add(new News.Stop());
    }

    /// Whether the call is to end, or not to begin. Any thread.
    boolean isToStop() {
        return toStop;
    }

    /// Waits until the call has ended, however it does, and for the messages that usually come with its end.
    ///
    /// @param drainTimeout how long it may take once it is asked to stop
    CallReport awaitEnd(Engine engine, Duration drainTimeout) throws InterruptedException {
        while (!ended()) {
            if (take(news.take())) {
                drain(engine, drainTimeout);
                stopped = true;
                engine.close();
                takeAll();
                break;
            }
        }
        boolean _ = finish(engine, drainTimeout.compareTo(LAST_MESSAGES) < 0 ? drainTimeout : LAST_MESSAGES);
        return new CallReport(events, new CallReport.Wire(callId, cancelled));
    }

    /// Lets what is still under way end: the ACK of the last response, and a call that ended for want of a
    /// response but may yet get one, which must not be left ringing. May be called again to wait longer; whoever
    /// asked us to stop waits no longer.
    ///
    /// @return whether nothing is left
    boolean finish(Engine engine, Duration timeout) {
        if (!stopped && !nothingLeft) {
            drain(engine, timeout);
        }
        takeAll();
        return nothingLeft;
    }

    private void drain(Engine engine, Duration timeout) {
        nothingLeft = engine.drain(timeout).complete();
    }

    private void takeAll() {
        for (News next = news.poll(); next != null; next = news.poll()) {
            take(next);
        }
    }

    private void note(News.Message message) {
        if (message.step().sent()) {
            cancelled |= message.step().label().equals("CANCEL");
            if (callId.isEmpty() && message.step().label().equals("INVITE")) {
                var found = CALL_ID.matcher(message.text());
                callId = found.find() ? found.group(1) : "";
            }
        }
    }

    private boolean ended() {
        return !events.isEmpty() && events.getLast() instanceof CallEvent.Ended;
    }

    /// @return whether the call is to stop
    private boolean take(News next) {
        return switch (next) {
            case News.Message message -> {
                note(message);
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
