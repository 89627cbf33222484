package io.flashcall.engine.trunk.dns;

/// A server of a service (RFC 2782).
///
/// @param priority 0 to 65535, the lowest first
/// @param weight   0 to 65535, the share among those of one priority
/// @param port     0 to 65535
/// @param target   a domain name without its last dot; `.` says that the service is decidedly not offered
public record SrvRecord(int priority, int weight, int port, String target) {

    /// Whether this record says that there is no such service.
    public boolean refuses() {
        return target.equals(".");
    }
}
