package io.flashcall.engine.transaction;

import static io.flashcall.engine.transaction.NonInviteTransaction.State.*;

/// A non-INVITE client transaction over UDP (RFC 3261 §17.1.2), for CANCEL and BYE.
///
/// ```
/// TRYING ──1xx──▶ PROCEEDING ──2xx-6xx──▶ COMPLETED
///    └────────────────┴────Timer F────────▶ TERMINATED
/// ```
///
/// Timer K, which absorbs repeated finals, needs no state here: a late final finds nothing to do. Confined to one
/// event loop; reusable.
public final class NonInviteTransaction {

    /// As in RFC 3261 figure 6.
    public enum State {
        IDLE,
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    /// How the transaction reaches the wire and the wheel.
    public interface Port {

        /// Sends the request, the same bytes each time.
        ///
        /// @return false when the transport did not take it, as a connection that is full: then it is offered
        ///         again, by Timer E, even where the transport is reliable
        boolean sendRequest(boolean again);

        /// Timer E; [InviteTransaction#OFF] stops it.
        void retransmitRequestAt(long nanos);

        /// Timer F; [InviteTransaction#OFF] stops it.
        void timeOutRequestAt(long nanos);
    }

    private static final int FIRST_FINAL = 200;
    private static final State[] STATES = State.values();

    private final Port port;
    private final Timers timers;

    /// An ordinal, not the enum itself: a reference that is stored into what is old is the collector's work.
    private byte state;

    private boolean reliable;
    private long interval;

    public NonInviteTransaction(Port port, Timers timers) {
        this.port = port;
        this.timers = timers;
    }

    /// Makes it as new, without a word to the port.
    public void reset() {
        enter(IDLE);
    }

    /// Sends the request. Timer E starts at T1 unless the transport is reliable and has taken it, Timer F at 64·T1
    /// (§17.1.2.2).
    public void start(boolean byReliable, long now) {
        enter(TRYING);
        reliable = byReliable;
        interval = timers.t1();
        if (!port.sendRequest(false) || !reliable) {
            port.retransmitRequestAt(now + interval);
        }
        port.timeOutRequestAt(now + timers.timeout());
    }

    /// A response came.
    ///
    /// @return whether it ended the transaction just now
    public boolean onResponse(int status) {
        return switch (state()) {
            case TRYING, PROCEEDING -> {
                if (status < FIRST_FINAL) {
                    enter(PROCEEDING);
                    yield false;
                }
                finish(COMPLETED);
                yield true;
            }
            case IDLE, COMPLETED, TERMINATED -> false;
        };
    }

    /// Sends the request again; the interval doubles up to T2, and is T2 once a provisional came (§17.1.2.2).
    public void onTimerE(long now) {
        switch (state()) {
            case TRYING, PROCEEDING -> {
                interval = state() == PROCEEDING ? timers.t2() : Math.min(2 * interval, timers.t2());
                boolean taken = port.sendRequest(true);
                port.retransmitRequestAt(taken && reliable ? InviteTransaction.OFF : now + interval);
            }
            case IDLE, COMPLETED, TERMINATED -> {}
        }
    }

    /// There is a new connection: what was sent on the one before may be lost.
    public void onReconnected() {
        switch (state()) {
            case TRYING, PROCEEDING -> {
                if (port.sendRequest(true) && reliable) {
                    port.retransmitRequestAt(InviteTransaction.OFF);
                }
            }
            case IDLE, COMPLETED, TERMINATED -> {}
        }
    }

    /// No final came.
    ///
    /// @return whether that ended the transaction just now
    public boolean onTimerF() {
        return switch (state()) {
            case TRYING, PROCEEDING -> {
                finish(TERMINATED);
                yield true;
            }
            case IDLE, COMPLETED, TERMINATED -> false;
        };
    }

    public State state() {
        return STATES[state];
    }

    private void finish(State next) {
        port.retransmitRequestAt(InviteTransaction.OFF);
        port.timeOutRequestAt(InviteTransaction.OFF);
        enter(next);
    }

    private void enter(State next) {
        state = (byte) next.ordinal();
    }
}
