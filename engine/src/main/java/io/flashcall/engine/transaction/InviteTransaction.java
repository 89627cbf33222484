package io.flashcall.engine.transaction;

import static io.flashcall.engine.transaction.InviteTransaction.State.*;

/// An INVITE client transaction over UDP (RFC 3261 §17.1.1, with the Accepted state of RFC 6026 §7.2).
///
/// ```
/// CALLING ──1xx──▶ PROCEEDING ──2xx──▶ ACCEPTED   (each 2xx goes to the user, who ACKs it)
///    │  └────────────┴────3xx-6xx────▶ COMPLETED  (ACK sent, again for each repetition)
///    └──Timer B, or the first INVITE could not be sent──▶ TERMINATED
/// ```
///
/// Completed and Accepted last as long as the call's slot; after that the table of ended calls plays their part
/// until timers D and M. Confined to one event loop; reusable.
public final class InviteTransaction {

    /// As in RFC 3261 figure 5 and RFC 6026 figure 5.
    public enum State {
        IDLE,
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    /// How the transaction reaches the wire and the wheel.
    public interface Port {

        /// Sends the INVITE, the same bytes each time.
        void sendInvite(boolean again);

        /// Sends the ACK of the non-2xx final at hand (§17.1.1.3).
        void sendAck();

        /// Timer A; [InviteTransaction#OFF] stops it.
        void retransmitInviteAt(long nanos);

        /// Timer B; [InviteTransaction#OFF] stops it.
        void timeOutInviteAt(long nanos);
    }

    /// The transaction user (TU): the call.
    public interface User {

        void onProvisional(int status, long now);

        /// A 2xx, or a repetition of one.
        void onAnswer(int status, long now);

        /// @param cause what its Reason headers say, as the user packs it, or -1
        void onFailure(int status, int cause, long now);

        void onNoFinal(long now);

        void onTransportError(long now);

        void onConnectionLost(long now);
    }

    /// No timer.
    public static final long OFF = Long.MIN_VALUE;

    private static final int FIRST_2XX = 200;
    private static final State[] STATES = State.values();
    private static final int FIRST_3XX = 300;

    private final Port port;
    private final User user;
    private final Timers timers;

    /// An ordinal, not the enum itself: a reference that is stored into what is old is the collector's work.
    private byte state;

    private long interval;
    private int sent;
    private boolean retransmitting;
    private boolean undelivered;

    public InviteTransaction(Port port, User user, Timers timers) {
        this.port = port;
        this.user = user;
        this.timers = timers;
    }

    /// Sends the INVITE. Timer A starts at T1 unless the transport is reliable, Timer B at 64·T1 (§17.1.1.2).
    public void start(boolean reliable, long now) {
        enter(CALLING);
        sent = 1;
        undelivered = false;
        retransmitting = !reliable;
        interval = timers.t1();
        port.sendInvite(false);
        if (retransmitting) {
            port.retransmitInviteAt(now + interval);
        }
        port.timeOutInviteAt(now + timers.timeout());
    }

    /// Takes over a transaction in Calling that another one began: nothing is sent again, Timer B goes on.
    public void adopt(long timeoutAt) {
        enter(CALLING);
        sent = 2;
        undelivered = false;
        retransmitting = false;
        port.timeOutInviteAt(timeoutAt);
    }

    /// Stops Timer A and lets Timer B go on: nobody waits for the answer any more, but it may still come.
    public void stopRetransmitting() {
        retransmitting = false;
        port.retransmitInviteAt(OFF);
    }

    public void onResponse(int status, int cause, long now) {
        if (status < FIRST_2XX) {
            onProvisional(status, now);
        } else if (status < FIRST_3XX) {
            onSuccess(status, now);
        } else {
            onFailure(status, cause, now);
        }
    }

    /// Sends the INVITE again and doubles the interval, without bound (§17.1.1.2). In Proceeding there is no
    /// Timer A.
    public void onTimerA(long now) {
        if (state() == CALLING && retransmitting) {
            sent++;
            undelivered = false;
            interval *= 2;
            port.sendInvite(true);
            port.retransmitInviteAt(now + interval);
        }
    }

    public void onTimerB(long now) {
        if (state() == CALLING) {
            terminate();
            user.onNoFinal(now);
        }
    }

    /// The system would not send an INVITE. If it was the first, nothing has left and the transaction is over;
    /// a lost retransmission is like one lost on the way, since the peer may have the first.
    public void onSendError(long now) {
        if (state() == CALLING && sent == 1) {
            terminate();
            user.onTransportError(now);
        }
    }

    /// The network says that an INVITE did not arrive. The transaction goes on: an earlier one may have, and a peer
    /// that is just starting gets the next. It is the user's to go elsewhere.
    ///
    /// @return whether there was no response yet, so that this is news
    public boolean onUndelivered() {
        undelivered |= state() == CALLING;
        return state() == CALLING;
    }

    /// Whether the last INVITE sent is known not to have arrived.
    public boolean isUndelivered() {
        return undelivered;
    }

    /// The connection that the INVITE was sent on is gone; nothing can come any more.
    public void onConnectionLost(long now) {
        switch (state()) {
            case CALLING, PROCEEDING -> {
                terminate();
                user.onConnectionLost(now);
            }
            case IDLE, COMPLETED, ACCEPTED, TERMINATED -> {}
        }
    }

    /// The call is over: no timer of this transaction fires any more.
    public void close() {
        terminate();
    }

    public State state() {
        return STATES[state];
    }

    private void onProvisional(int status, long now) {
        boolean listens = switch (state()) {
            case CALLING, PROCEEDING -> true;
            case IDLE, COMPLETED, ACCEPTED, TERMINATED -> false;
        };
        if (listens) {
            stopTimers();
            enter(PROCEEDING);
            user.onProvisional(status, now);
        }
    }

    private void onSuccess(int status, long now) {
        boolean listens = switch (state()) {
            case CALLING, PROCEEDING, ACCEPTED -> true;
            case IDLE, COMPLETED, TERMINATED -> false;
        };
        if (listens) {
            stopTimers();
            enter(ACCEPTED);
            user.onAnswer(status, now);
        }
    }

    private void onFailure(int status, int cause, long now) {
        switch (state()) {
            case CALLING, PROCEEDING -> {
                stopTimers();
                enter(COMPLETED);
                port.sendAck();
                user.onFailure(status, cause, now);
            }
            case COMPLETED -> port.sendAck();
            case IDLE, ACCEPTED, TERMINATED -> {}
        }
    }

    private void stopTimers() {
        if (state() == CALLING) {
            port.retransmitInviteAt(OFF);
            port.timeOutInviteAt(OFF);
        }
    }

    private void terminate() {
        stopTimers();
        enter(TERMINATED);
    }

    private void enter(State next) {
        state = (byte) next.ordinal();
    }
}
