package io.flashcall.engine.sip;

/// What makes a request within a dialog, early or not, its own: a BYE or a PRACK. Reusable.
public final class DialogRequest {

    /// Value of [#rseq] for anything but a PRACK.
    public static final long NO_RSEQ = -1;

    /// Names the transaction, with the call's `branchNonce`.
    public long branchKey;

    /// CSeq number: above that of each earlier request of the dialog (RFC 3261 §12.2.1.1).
    public long cseq;

    /// The response number that a PRACK acknowledges (RFC 3262 §7.2).
    public long rseq = NO_RSEQ;

    /// Authorization lines of this request alone.
    public final HeaderLines credentials = new HeaderLines();

    public DialogRequest() {}
}
