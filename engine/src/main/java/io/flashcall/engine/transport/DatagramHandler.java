package io.flashcall.engine.transport;

/// Receives what a [DatagramIo] reads. All methods are called on the event loop.
public interface DatagramHandler {

    /// A read cycle begins: some datagrams follow, or sends that failed while none was being read.
    void beforeRead();

    /// One datagram. `bytes` (from index 0 to `length`) and `source` are the transport's own and are overwritten
    /// after the call returns.
    void onDatagram(byte[] bytes, int length, Endpoint source);

    /// The read cycle ends; what was queued with [DatagramIo#send] meanwhile should be flushed now, in one batch.
    void afterRead();

    /// A queued datagram could not be sent and will not be tried again. Called from [DatagramIo#flush] and
    /// [DatagramIo#close], else within a read cycle.
    ///
    /// @param token what was given to [DatagramIo#send]
    /// @param errno the operating system's error number, or -1 where it is not known
    void onSendError(long token, int errno);

    /// The network says that a datagram of ours could not be delivered: nobody is there (ICMP, RFC 3261 §18.4).
    /// Told within a read cycle, and only by transports that learn of it. Such a message can be forged by anyone
    /// who knows our address and a peer's: only what it quotes can prove it.
    ///
    /// @param quoted      the beginning of the datagram, from index 0 to `length`; the transport's own,
    /// overwritten after the call returns. A network may quote as little as nothing
    /// @param destination where it was sent, likewise the transport's own
    default void onUndelivered(byte[] quoted, int length, Endpoint destination) {}
}
