package io.flashcall.engine.transport;

/// Is told what happens on one [StreamConnection]. All methods are called on its event loop, never from within
/// [StreamTransport#open].
public interface StreamHandler {

    /// The connection is there, over TLS after the handshake. Called once at most. With TLS 1.3 a peer that
    /// misses our certificate says so only after this.
    void onConnected(StreamInfo info);

    /// Some bytes of the peer came; messages and keep-alives may follow.
    void beforeRead();

    /// One message, from index 0 to `length`. The bytes are the connection's own and are overwritten after the
    /// call returns.
    void onMessage(byte[] bytes, int length);

    /// The peer answered [StreamConnection#ping]. Its own pings are answered without the handler.
    void onPong();

    /// Ends what [#beforeRead] began. What was queued meanwhile is flushed after this.
    void afterRead();

    /// The connection is gone, and what was queued with it. Called exactly once, as the last call but for the
    /// [#afterRead] of a cycle that is under way; from within [StreamConnection#close] when we close.
    void onClosed(StreamClosed end);
}
