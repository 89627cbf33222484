/// A small authoritative DNS server on loopback: what RFC 3263 look-ups are tested against, and tried out
/// with.
///
/// **Start here:** `DnsServer#start` takes zone lines such as `sip1.carrier.example 60 A 192.0.2.1`. Its
/// records and its failures may be changed while it runs, and it counts what it was asked.
///
/// **Threads:** one virtual thread per socket or connection; everything public may be called from any thread.
///
/// It borrows the message format from dnsjava, as the engine's resolver does. That a resolver and this server
/// agree is therefore no proof that either keeps to RFC 1035: its own tests ask with the JDK's client, and
/// the engine's ask dnsmasq as well.
@NullMarked
package io.flashcall.testbed.dns;

import org.jspecify.annotations.NullMarked;
