package io.flashcall.engine.transport;

/// What passed through a socket since it was opened.
public record IoCounters(In in, Out out) {

    /// Nothing yet.
    public static final IoCounters NONE = new IoCounters(new In(0, 0, 0, 0), new Out(0, 0, 0, 0));

    /// What came.
    ///
    /// @param datagrams   handed to the handler
    /// @param kernelDrops datagrams the kernel dropped on receipt, as a rule because the receive buffer was full;
    ///                    -1 where it does not say
    /// @param truncated   datagrams longer than [DatagramTransport#MAX_RECEIVED_BYTES], dropped
    /// @param cycles      batches in which the datagrams came
    public record In(long datagrams, long kernelDrops, long truncated, long cycles) {}

    /// What left.
    ///
    /// @param datagrams those the kernel accepted
    /// @param errors    datagrams the kernel refused
    /// @param drops     datagrams dropped here: the kernel took none and the queue was full, or the
    ///                  socket was closed
    /// @param calls     system calls in which the datagrams left; -1 where it is not known
    public record Out(long datagrams, long errors, long drops, long calls) {}
}
