package io.flashcall.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// Finds the addresses of a host. Thread-safe; may block.
@FunctionalInterface
public interface Lookup {

    /// @param host     name or literal
    /// @param patience how long it may take
    /// @return at least one
    /// @throws UnknownHostException when there is none, or none was found in that time
    List<InetAddress> addresses(String host, Duration patience) throws UnknownHostException;
}
