package io.flashcall.engine.call;

/// What a call may ask of the world. The user agent implements it with sockets, a test with a list.
public interface CallLeg {

    /// Whether the carrier has meanwhile asked for no calls at all: then none is begun.
    default boolean isUnwanted(long now) {
        return false;
    }

    /// Starts the INVITE transaction with the best host that the trunk has. This INVITE, as any other below, is held
    /// back while [#isSigning].
    ///
    /// @return false when there is none, and nothing was sent
    boolean sendInvite(long now);

    /// Sends the INVITE anew because of the final response at hand: with credentials after a challenge (RFC
    /// 3261 §22), to another host after a 503 (RFC 3263 §4.3), to where a 3xx says (RFC 3261 §8.1.3.4).
    ///
    /// @param progressed whether a provisional above 100 came: then the phone may have rung, and no other host
    /// is tried
    /// @return false when there is no reason to, or nothing left to try, and nothing was sent
    boolean retry(int status, boolean progressed, long now);

    /// Sends the INVITE to another host, because this one is silent or out of reach. What was sent before is
    /// watched until Timer B: a late provisional gets its CANCEL, a late 2xx its ACK and BYE.
    ///
    /// @return false when there is no other host, and nothing was sent
    boolean failOver(long now);

    /// Whether the INVITE that was to be sent last has not left, since its signature is being made elsewhere. It has
    /// no transaction yet. [FlashCall#onSigned] or [FlashCall#onUnsigned] will follow.
    boolean isSigning();

    /// Sends the INVITE that was held back, to another host if its own is gone meanwhile.
    ///
    /// @return false when there is no host, and nothing was sent
    boolean sendSigned(long now);

    /// Whether the INVITE that was sent last is known not to have arrived anywhere.
    boolean isUndelivered();

    /// Has the INVITE cancelled later, whose connection is gone.
    void leave(long now);

    /// No more retransmissions of the INVITE; Timer B goes on.
    void stopInvite();

    /// Starts the CANCEL transaction.
    void sendCancel(long now);

    /// ACKs the 2xx at hand, and sends BYE if it is the first of its fork.
    void release(long now);

    /// Calls [FlashCall#onWake] at that time, or not at all with [FlashCall#NEVER]; replaces an earlier one.
    void wakeAt(long nanos);

    /// What the provisional response at hand says of ringing besides its status.
    RingSign sign();

    void reportPlaced(long now);

    void reportTrying(int status, long now);

    /// @param untilRinging nanoseconds since the INVITE
    void reportRinging(int status, long untilRinging, long now);

    /// @param ringing nanoseconds since ringing began, or [FlashCall#NEVER] without ringing
    /// @param late    nanoseconds since the ring time was over, or [FlashCall#NEVER] for another reason
    void reportHangingUp(long ringing, long late, long now);

    /// @param status the INVITE's final response, or 0
    void reportEnded(Ending ending, int status, long now);

    /// The call needs nothing more; after this it may be reused.
    void finished(long now);
}
