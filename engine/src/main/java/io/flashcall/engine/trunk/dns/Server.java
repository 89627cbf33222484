package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.SipTransport;

/// A server that a record or a URI names, its addresses not yet looked up.
///
/// @param priority as [LocatedTarget] has it
/// @param weight   as the SRV record has it
record Server(String host, int port, SipTransport transport, int priority, int weight) {

    /// The only one, without an SRV record.
    static Server alone(String host, int port, SipTransport transport) {
        return new Server(host, port, transport, 0, 1);
    }
}
