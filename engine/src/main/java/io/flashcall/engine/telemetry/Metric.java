package io.flashcall.engine.telemetry;

/// What a user agent counts.
public enum Metric {
    /// Calls whose first INVITE was sent.
    CALLS_PLACED,
    /// Calls that ended, with whatever outcome.
    CALLS_ENDED,
    /// Requests sent again because nothing came back (timers A and E).
    RETRANSMISSIONS,
    /// Responses that belong to a live call.
    RESPONSES_MATCHED,
    /// Responses to a call that ended a short while ago.
    RESPONSES_LATE,
    /// Ended calls forgotten before their time, because too many ended within it.
    ENDED_EVICTED,
    /// Well-formed responses from a trunk that belong to no call: stale, replayed or guessed.
    RESPONSES_UNMATCHED,
    /// 2xx responses to INVITE that were released with ACK and BYE, one for each fork.
    ANSWERS_RELEASED,
    /// Final responses to INVITE that came again and were ACKed again.
    FINALS_REPEATED,
    /// BYEs that were never answered.
    BYES_UNANSWERED,
    /// Answered forks released without retransmission, because too many were being released at once.
    RELEASES_OVERFLOWED,
    /// Calls that were challenged for credentials: 401 and 407.
    CHALLENGES,

    /// INVITEs sent to another host of the trunk: the one before was silent, out of reach, or said 503.
    FAILOVERS,

    /// INVITEs held back because the signature of their call was too old: 10 s.
    SIGNATURES_RENEWED,

    /// Signatures that could not be made, or not soon enough: their calls ended.
    SIGNATURES_FAILED,

    /// Calls refused for their signed identity, or for the lack of one: 428, 436, 437, 438.
    IDENTITIES_REFUSED,

    /// INVITEs sent to where a 3xx said.
    REDIRECTS_FOLLOWED,

    /// Contacts of 3xx responses that were not followed: malformed, not allowed, not to be reached, or tried before.
    CONTACTS_IGNORED,

    /// INVITEs left behind at a silent host that answered after all, and were cancelled.
    STRAGGLERS_CANCELLED,

    /// INVITEs left behind at a silent host that could not be watched, because there were too many.
    STRAGGLERS_FORGOTTEN,

    /// Reliable provisional responses that came again, or out of order, and got no PRACK.
    RELIABLE_REPEATED,

    /// PRACKs that were never answered.
    PRACKS_UNANSWERED,

    /// OPTIONS sent to hosts in trouble.
    PROBES_SENT,

    /// REGISTERs sent, repetitions not counted.
    REGISTERS_SENT,

    /// Registrations that were refused, or that no host of the trunk took.
    REGISTERS_FAILED,

    /// Responses that told a host's load (RFC 7339), and were taken at their word.
    OVERLOAD_TAKEN,

    /// Responses that told a load after newer ones had told another.
    OVERLOAD_OUTDATED,

    /// Responses whose overload control breaks its syntax, or was not offered.
    OVERLOAD_UNUSABLE,

    /// Requests from a trunk.
    REQUESTS_RECEIVED,
    /// Datagrams from addresses that are no trunk's source.
    STRANGERS_DROPPED,
    /// Datagrams from a trunk that are not well-formed SIP.
    MALFORMED_DROPPED,
    /// Keep-alives: empty lines, zero bytes.
    KEEP_ALIVES,
    /// INVITEs longer than 1,300 bytes, sent over UDP all the same (RFC 3261 §18.1.1).
    OVERSIZED_SENT,
    /// Datagrams that the system refused to send.
    SEND_ERRORS,

    /// INVITEs of which the network said, by ICMP, that nobody is there.
    INVITES_UNDELIVERED,

    /// ICMP errors that quote no INVITE that waits for its first response: late, cut short, of another request, or
    /// forged.
    ICMP_UNMATCHED,

    /// Messages that came to one user agent of a shared port and were handed to another.
    HANDED_OVER,

    /// Messages for another user agent of a shared port that were dropped because it had too many waiting.
    HANDOVERS_DROPPED,

    /// Faults of ours, each of which cost at most one call, and failures of trace listeners, which cost none.
    FAULTS
}
