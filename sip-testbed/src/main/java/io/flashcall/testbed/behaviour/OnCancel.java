package io.flashcall.testbed.behaviour;

/// What a CANCEL that matches a pending INVITE brings (RFC 3261 §9.2).
public enum OnCancel {
    /// 200 to the CANCEL, 487 to the INVITE: what the RFC asks for.
    TERMINATE,
    /// The call was answered a moment before: a 2xx to the INVITE from every leg, then 200 to the CANCEL.
    ANSWER,
    /// 200 to the CANCEL, and never a final response to the INVITE.
    ACCEPT_ONLY,
    /// Nothing at all; the plan goes on.
    IGNORE
}
