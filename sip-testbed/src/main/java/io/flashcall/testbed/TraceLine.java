package io.flashcall.testbed;

import java.net.InetSocketAddress;
import java.time.Instant;

/// One message on the wire, as the carrier saw it.
///
/// @param at wall time
/// @param sent true if the carrier sent it, false if it received it
/// @param peer the other end
/// @param text the whole message, one character for each byte
public record TraceLine(Instant at, boolean sent, InetSocketAddress peer, String text) {

    /// The start line without its line break.
    public String startLine() {
        int end = text.indexOf("\r\n");
        return end < 0 ? text : text.substring(0, end);
    }
}
