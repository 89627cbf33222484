package io.flashcall.testbed.peers;

/// The ports of one Kamailio, all of 127.0.0.1.
///
/// @param plain SIP over UDP and TCP
/// @param tls SIP over TLS
/// @param rpc its remote procedure calls over HTTP
record KamailioPorts(int plain, int tls, int rpc) {

    int of(Transport transport) {
        return transport == Transport.TLS ? tls : plain;
    }
}
