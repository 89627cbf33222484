package io.flashcall.engine.sip;

/// What makes one call's requests its own. Every request of a call is a pure function of its trunk's template
/// and these, so a retransmission is another rendering and nothing needs to be stored but six numbers.
///
/// On the wire: branch `z9hG4bK` + (key with the leg as its last byte) + branchNonce, From tag key + tagNonce,
/// Call-ID key + `-` + branchNonce; each number in 16 lower-case hex digits.
public final class WireIdentity {

    private static final HeaderLines NO_ROUTE = new HeaderLines();

    /// The address of the call inside this process: agent, slot, generation, leg.
    public long key;

    /// Random bits of the branch, so that a stranger cannot guess it.
    public long branchNonce;

    /// Random bits of the From tag (RFC 3261 §19.3).
    public long tagNonce;

    /// The caller id, as `Digits` packs it.
    public long from;

    /// The called number, as `Digits` packs it.
    public long to;

    /// CSeq number of the INVITE, 0..2^31-2.
    public int cseq;

    /// Which of the call's INVITEs this is: 0 for the first, then one more each time it is sent anew, to
    /// another host or with other credentials. Each is a transaction of its own (RFC 3261 §8.1.3.5), so the
    /// branch tells.
    public int leg;

    /// Credentials of the INVITE; its ACK carries them too (RFC 3261 §13.2.2.4).
    public final HeaderLines credentials = new HeaderLines();

    /// The Request-URI of the INVITE where a redirection gave it another than the template's.
    public final TargetUri target = new TargetUri();

    /// The signed identity of the call (RFC 8224).
    public final HeaderLines signature = new HeaderLines();

    /// Route lines that the registrar wants in this INVITE (RFC 3608), and so in its CANCEL and ACK. Many calls share
    /// them, so nobody writes to them.
    public HeaderLines serviceRoute = NO_ROUTE;

    public WireIdentity() {}

    /// The key of the INVITE's transaction.
    public long branch() {
        return key | leg;
    }

    /// Takes what another one holds, less its signature, which INVITEs alone carry.
    public void copyFrom(WireIdentity other) {
        key = other.key;
        branchNonce = other.branchNonce;
        tagNonce = other.tagNonce;
        from = other.from;
        to = other.to;
        cseq = other.cseq;
        leg = other.leg;
        credentials.copyFrom(other.credentials);
        serviceRoute = other.serviceRoute;
        target.copyFrom(other.target);
    }
}
