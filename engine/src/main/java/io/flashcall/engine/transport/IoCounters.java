package io.flashcall.engine.transport;

/// What passed through a socket since it was opened.
///
/// @param received    datagrams read
/// @param sent        datagrams the kernel accepted
/// @param kernelDrops datagrams the kernel dropped because the receive buffer was full; -1 where it does not say
/// @param truncated   datagrams longer than the receive buffer, dropped
/// @param sendErrors  datagrams the kernel refused
/// @param sendDrops   datagrams dropped here because the kernel would not take them for too long
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
