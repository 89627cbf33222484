package io.flashcall.engine.capture;

import java.util.Arrays;

/// Sees each SIP message of an engine. Called on the event loops: it must be quick and thread-safe, and must not keep
/// the message, which is overwritten after the call returns. What it throws is logged and has no further effect.
@FunctionalInterface
public interface TraceListener {

    /// Nobody listens: nothing is done for tracing.
    TraceListener NONE = message -> {};

    /// @param message valid during the call
    void onMessage(WireMessage message);

    /// Lets several hear each message, in this order. One that throws does not keep the others from hearing.
    ///
    /// @return [#NONE] when nobody is left but those who do not listen
    static TraceListener all(TraceListener... listeners) {
        var hearing = Arrays.stream(listeners)
                .filter(listener -> !listener.equals(NONE))
                .toArray(TraceListener[]::new);
        return switch (hearing.length) {
            case 0 -> NONE;
            case 1 -> hearing[0];
            default -> new TraceFan(hearing);
        };
    }
}
