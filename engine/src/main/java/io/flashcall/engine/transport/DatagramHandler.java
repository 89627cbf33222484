package io.flashcall.engine.transport;

/// Receives what a [DatagramIo] reads. All methods are called on the event loop.
public interface DatagramHandler {

    /// A read cycle begins: some datagrams follow, or sends that failed while none was being read.
    void beforeRead();

    /// One datagram. `bytes` (from index 0 to `length`) and `source` are the transport's own and are overwritten after
    /// the call returns.
    void onDatagram(byte[] bytes, int length, Endpoint source);

    /// The read cycle ends; what was queued with [DatagramIo#send] meanwhile should be flushed now, in one batch.
    void afterRead();

    /// A queued datagram could not be sent and will not be tried again. Called from [DatagramIo#flush] and
    /// [DatagramIo#close], else within a read cycle.
    ///
    /// @param token what was given to [DatagramIo#send]
    /// @param errno the operating system's error number, or -1 where it is not known
    void onSendError(long token, int errno);
}
