package io.flashcall.engine.agent;

import io.flashcall.engine.transport.Endpoint;

/// What arrives at one user agent and is another's, where several share a port.
interface HandOver {

    /// Each agent has a port of its own.
    HandOver NONE = (_, _, _, _, _) -> false;

    /// Hands over a copy, to be dealt with in a later cycle of the other agent.
    ///
    /// @param agent    whose it is
    /// @param peer     where it came from, or where an undelivered one was sent
    /// @param received whether it was received; else it is what an ICMP error quotes
    /// @return false when there is no such agent: then it is nobody's
    boolean offer(int agent, byte[] bytes, int length, Endpoint peer, boolean received);
}
