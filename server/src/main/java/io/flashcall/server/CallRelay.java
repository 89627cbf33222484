package io.flashcall.server;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import java.util.List;

/// Hands the engine's events to several listeners, in order. They are known only after the engine has started, and
/// before the first call.
final class CallRelay implements CallEventListener {

    private volatile List<CallEventListener> listeners = List.of();

    void attach(List<CallEventListener> all) {
        listeners = List.copyOf(all);
    }

    @Override
    public void onEvent(CallEvent event) {
        for (var listener : listeners) {
            listener.onEvent(event);
        }
    }
}
