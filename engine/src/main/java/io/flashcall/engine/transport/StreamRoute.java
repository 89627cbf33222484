package io.flashcall.engine.transport;

import java.net.InetSocketAddress;

/// From where to where a connection goes.
///
/// @param remote not to be changed afterwards
/// @param local  address to send from, port 0; a wildcard leaves it to the system
public record StreamRoute(Endpoint remote, InetSocketAddress local) {}
