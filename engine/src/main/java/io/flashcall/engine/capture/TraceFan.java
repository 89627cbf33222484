package io.flashcall.engine.capture;

import org.jspecify.annotations.Nullable;

/// Several listeners as one. The first failure is thrown once all have heard, so that it is counted and logged.
final class TraceFan implements TraceListener {

    private final TraceListener[] listeners;

    TraceFan(TraceListener[] listeners) {
        this.listeners = listeners.clone();
    }

    @Override
    public void onMessage(WireMessage message) {
        RuntimeException first = null;
        for (var listener : listeners) {
            first = tell(listener, message, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException tell(
            TraceListener listener, WireMessage message, @Nullable RuntimeException before) {
        try {
            listener.onMessage(message);
            return before;
        } catch (RuntimeException e) {
            return before == null ? e : before;
        }
    }
}
