package io.flashcall.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Whom to ask where carriers are.
///
/// @param servers name servers; none: the system's
/// @param timeout how long one may take to answer, 10 ms to 2 s
public record DnsConfig(List<InetSocketAddress> servers, Duration timeout) {

    /// The system's name servers, a second each.
    public static final DnsConfig SYSTEM = new DnsConfig(List.of(), Duration.ofSeconds(1));

    public DnsConfig {
        servers = List.copyOf(servers);
        new Problems("dns")
                .check(
                        servers.stream().noneMatch(InetSocketAddress::isUnresolved),
                        "servers",
                        servers,
                        "IP addresses and ports")
                .check(
                        timeout.compareTo(Duration.ofMillis(10)) >= 0 && timeout.compareTo(Duration.ofSeconds(2)) <= 0,
                        "timeout",
                        timeout,
                        "10ms to 2s")
                .throwIfAny();
    }
}
