package io.flashcall.engine;

/// Consumes call events. Called by one thread, in order per call.
///
/// A slow listener loses nothing: the engine refuses new calls ([Admission.Reason#BUSY]) before it would have to drop
/// an event. An exception is logged and the event counts as delivered.
@FunctionalInterface
public interface CallEventListener {

    void onEvent(CallEvent event);
}
