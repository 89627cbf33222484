package io.flashcall.testbed.stream;

import java.net.InetSocketAddress;
import java.util.Optional;

/// How one TLS handshake went, as the carrier saw it.
///
/// @param peer the caller's address
/// @param protocol such as `TLSv1.3`; empty if it failed
/// @param serverName the name that the caller asked for (SNI)
/// @param clientSubject the subject of the caller's certificate, if it showed one
/// @param failure what went wrong; empty if nothing did
public record Handshake(
        InetSocketAddress peer,
        String protocol,
        Optional<String> serverName,
        Optional<String> clientSubject,
        String failure) {

    public boolean succeeded() {
        return failure.isEmpty();
    }
}
