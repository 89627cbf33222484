package io.flashcall.engine.transport;

/// Is told what happens on the [StreamLink]s of one event loop. All methods are called on that loop, never
/// from within [StreamLink#send] or [StreamLink#flush].
public interface LinkHandler {

    /// A connection is there; what was sent meanwhile leaves now.
    void onUp(StreamLink link, StreamInfo info);

    /// A connection is gone, or an attempt failed, and what waited on it is lost. Called from within
    /// [StreamLink#close], too. The link tries again by itself.
    void onDown(StreamLink link, StreamClosed end);

    /// A read cycle begins.
    void beforeRead(StreamLink link);

    /// One message, from index 0 to `length`; the bytes are overwritten after the call returns.
    void onMessage(StreamLink link, byte[] bytes, int length);

    /// The read cycle ends; what was sent on this link meanwhile is flushed after this.
    void afterRead(StreamLink link);
}
