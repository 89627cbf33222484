package io.flashcall.engine.agent;

import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.trunk.Trunk;

/// What the placing thread worked out for a call before it handed it to the loop.
///
/// @param numbers    caller id and called number, packed, and what cannot be guessed
/// @param terms      what trunk and caller want of it
/// @param startAt    when the trunk's pace lets it begin
/// @param signature  what its first INVITE is signed with, where calls are signed
record CallPlan(Trunk trunk, String reference, Wire numbers, CallTerms terms, long startAt, CallSignature signature) {

    /// Of a call that is not signed yet.
    CallPlan(Trunk trunk, String reference, Wire numbers, CallTerms terms, long startAt) {
        this(trunk, reference, numbers, terms, startAt, CallSignature.NONE);
    }

    /// The same, signed where the trunk has its calls signed; not for the loop.
    ///
    /// @param now monotonic nanoseconds
    CallPlan signed(long now) {
        var signer = trunk.identity().signer();
        if (signer == null) {
            return this;
        }
        var made = CallSignature.make(signer, numbers.from(), numbers.to(), now);
        return new CallPlan(trunk, reference, numbers, terms, startAt, made);
    }

    /// @param from        packed digits
    /// @param to          packed digits
    /// @param branchNonce 64 random bits for branch and Call-ID
    /// @param tagNonce    64 random bits for the From tag
    record Wire(long from, long to, long branchNonce, long tagNonce) {}

    /// What a slot holds while it has no call.
    static CallPlan none(Trunk anyTrunk) {
        return new CallPlan(
                anyTrunk,
                "",
                new Wire(0, 0, 0, 0),
                new CallTerms(anyTrunk.ringRule(), anyTrunk.refusals(), 0, 0, 0),
                0);
    }

    void fill(WireIdentity id) {
        id.from = numbers.from();
        id.to = numbers.to();
        id.branchNonce = numbers.branchNonce();
        id.tagNonce = numbers.tagNonce();
        id.cseq = 1;
        id.leg = 0;
        id.credentials.clear();
        id.signature.copyFrom(signature.lines());
        id.target.clear();
    }
}
