package io.flashcall.testbed;

import java.util.Map;

/// What a carrier has seen and done since it started; each number only grows, but for `open` and `up`.
///
/// @param requests what came in
/// @param calls what became of the calls
/// @param traffic what went out, what the line did, what fitted nowhere
/// @param trunk what the carrier's terms brought about
/// @param violations how often each rule was broken; rules never broken are absent
public record CarrierCounters(
        Requests requests, Calls calls, Traffic traffic, Trunk trunk, Map<Rule, Long> violations) {

    public CarrierCounters {
        violations = Map.copyOf(violations);
    }

    /// Requests received, after a lossy line has dropped and duplicated.
    ///
    /// @param invites first copies, one for each call and each attempt at it after a challenge
    /// @param invitesRepeated retransmissions of them
    /// @param cancels every CANCEL, repeats included
    /// @param acks every ACK
    /// @param byes every BYE, repeats included
    /// @param options every OPTIONS
    public record Requests(long invites, long invitesRepeated, long cancels, long acks, long byes, long options) {}

    /// Calls, or rather legs where one forks.
    ///
    /// @param ringing legs that have sent a 180, ever
    /// @param answered legs that have sent a 2xx, ever
    /// @param up legs answered and not yet released by BYE, now
    /// @param open INVITEs that have neither had their final response ACKed nor been given up, now
    public record Calls(long ringing, long answered, long up, long open) {}

    /// Datagrams.
    ///
    /// @param responses sent, repeats included
    /// @param repeated of these, retransmissions of a final response for want of an ACK
    /// @param dropped lost by a lossy line, both directions, or refused by the kernel
    /// @param duplicated doubled by a lossy line, both directions
    /// @param unexpected messages that fitted no call, or not its state, or were no requests
    /// @param malformed datagrams that were no SIP
    public record Traffic(
            long responses, long repeated, long dropped, long duplicated, long unexpected, long malformed) {}

    /// What goes beyond plain calls over UDP.
    ///
    /// @param access who was let in
    /// @param registrations who was registered
    /// @param streams TCP and TLS connections
    /// @param early what happened within early dialogs
    public record Trunk(Access access, Registrations registrations, Streams streams, Early early) {}

    public Access access() {
        return trunk.access();
    }

    public Registrations registrations() {
        return trunk.registrations();
    }

    public Streams streams() {
        return trunk.streams();
    }

    public Early early() {
        return trunk.early();
    }

    /// REGISTER; zero without a registrar.
    ///
    /// @param registers requests, repeats left out, those that were challenged included
    /// @param bound contacts bound, as of the last second
    public record Registrations(long registers, long bound) {}

    /// Requests held against the digest policy; all zero without one.
    ///
    /// @param challenged came without credentials for the realm
    /// @param authorized came with the right ones
    /// @param refused came with wrong ones, and were challenged again
    /// @param stale came with right ones, and were told that their nonce is stale
    public record Access(long challenged, long authorized, long refused, long stale) {}

    /// Connections, TCP and TLS together.
    ///
    /// @param opened ever, their handshakes done
    /// @param open now
    /// @param pings CRLF keep-alives received (RFC 5626)
    public record Streams(long opened, long open, long pings) {}

    /// Requests within early dialogs.
    ///
    /// @param pracks that acknowledged a reliable provisional response
    /// @param asked sent by the carrier: UPDATE, INFO, NOTIFY
    /// @param accepted of these, answered with a 2xx
    /// @param declined of these, answered with another final response
    public record Early(long pracks, long asked, long accepted, long declined) {}

    /// All broken rules together.
    public long violationCount() {
        return violations.values().stream().mapToLong(Long::longValue).sum();
    }
}
