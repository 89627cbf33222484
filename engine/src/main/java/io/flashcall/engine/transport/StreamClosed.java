package io.flashcall.engine.transport;

/// The end of a connection.
///
/// @param reason for counters and decisions
/// @param detail for a person
public record StreamClosed(CloseReason reason, String detail) {

    @Override
    public String toString() {
        return reason + " (" + detail + ")";
    }
}
