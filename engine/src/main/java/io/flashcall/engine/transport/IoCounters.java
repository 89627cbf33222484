package io.flashcall.engine.transport;

/// What passed through a socket since it was opened.
///
/// @param received    datagrams handed to the handler
/// @param sent        datagrams the kernel accepted
/// @param kernelDrops datagrams the kernel dropped on receipt, as a rule because the receive buffer was full; -1 where
///                    it does not say
/// @param truncated   datagrams longer than [DatagramTransport#MAX_RECEIVED_BYTES], dropped
/// @param sendErrors  datagrams the kernel refused
/// @param sendDrops   datagrams dropped here: the kernel took none and the queue was full, or the socket was closed
/// @param readCycles  batches in which the received datagrams came
/// @param sendCalls   system calls in which the sent datagrams left; -1 where it is not known
public record IoCounters(
        long received,
        long sent,
        long kernelDrops,
        long truncated,
        long sendErrors,
        long sendDrops,
        long readCycles,
        long sendCalls) {}
