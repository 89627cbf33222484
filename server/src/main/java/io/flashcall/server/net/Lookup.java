package io.flashcall.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host. Thread-safe; may block.
@FunctionalInterface
public interface Lookup {

    /// @param host name or literal
    /// @return at least one
    /// @throws UnknownHostException when there is none
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
