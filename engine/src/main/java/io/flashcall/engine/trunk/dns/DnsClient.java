package io.flashcall.engine.trunk.dns;

import java.net.InetAddress;

/// Asks DNS, and waits for the answer: at most some seconds, less when the thread is interrupted, which stays
/// set. Follows aliases, applies no search domains, keeps nothing. Any thread but an event loop's.
///
/// Names are absolute, with or without their last dot. What is no domain name is [DnsAnswer.Absent].
public interface DnsClient {

    DnsAnswer<NaptrRecord> naptr(String name);

    DnsAnswer<SrvRecord> srv(String name);

    /// IPv4 addresses.
    DnsAnswer<InetAddress> a(String name);

    /// IPv6 addresses.
    DnsAnswer<InetAddress> aaaa(String name);
}
