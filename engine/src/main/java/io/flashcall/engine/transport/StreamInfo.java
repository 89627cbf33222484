package io.flashcall.engine.transport;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/// What is known of a connection once it is up.
///
/// @param local our end, with the real port
/// @param tls   empty over plain TCP
public record StreamInfo(InetSocketAddress local, Optional<Tls> tls) {

    /// What was negotiated.
    ///
    /// @param protocol    `TLSv1.3` or `TLSv1.2`
    /// @param cipherSuite as the JDK names it
    /// @param peerExpires end of the peer's certificate
    public record Tls(String protocol, String cipherSuite, Instant peerExpires) {}
}
