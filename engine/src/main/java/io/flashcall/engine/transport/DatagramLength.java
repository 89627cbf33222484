package io.flashcall.engine.transport;

/// The bounds of what can be sent: UDP over IPv4 sets the upper one; an empty datagram says nothing in SIP, and Netty's
/// NIO channel does not send it.
final class DatagramLength {

    private DatagramLength() {}

    /// Refuses what no datagram can carry: that is a bug of the caller, not a mood of the network.
    static void check(int length) {
        if (length < 1 || length > DatagramTransport.MAX_SENT_BYTES) {
            throw new IllegalArgumentException(
                    "length: " + length + " (expected: 1.." + DatagramTransport.MAX_SENT_BYTES + ")");
        }
    }
}
