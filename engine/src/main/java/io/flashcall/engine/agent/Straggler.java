package io.flashcall.engine.agent;

import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transaction.InviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An INVITE that its call has left behind for another host, because this one was silent: it may ring a phone
/// yet. A late provisional gets its CANCEL, a late 2xx its ACK and BYE, until Timer B. Or one whose connection broke
/// while a phone may have rung: its CANCEL leaves when there is a connection again, if that is soon enough.
///
/// ```
/// SILENT ──1xx──▶ CANCELLING ──final, or none for 64·T1──▶ gone
///    └──2xx-6xx, Timer B──▶ gone
/// ```
///
/// Reusable; confined to the loop.
final class Straggler implements InviteTransaction.Port, InviteTransaction.User {

    /// Timers of one.
    static final int RETRANSMIT = 0;

    static final int TIMEOUT = 1;

    final int index;
    final WireIdentity id = new WireIdentity();

    private final int firstTimer;
    private final AgentContext context;
    private final Stragglers all;
    private final InviteTransaction invite;
    private final NonInviteTransaction cancel;
    private @Nullable Hop hop;
    private boolean open;
    private boolean cancelling;
    private byte[] lostCancel = {};
    private int lostLength;

    Straggler(int index, int firstTimer, AgentContext context, Stragglers all) {
        this.index = index;
        this.firstTimer = firstTimer;
        this.context = context;
        this.all = all;
        invite = new InviteTransaction(this, this, context.timers);
        cancel = new NonInviteTransaction(new CancelPort(), context.timers);
    }

    void take(WireIdentity call, Hop towards, long timeoutAt) {
        id.copyFrom(call);
        hop = towards;
        open = true;
        cancelling = false;
        lostLength = 0;
        cancel.reset();
        invite.adopt(timeoutAt);
    }

    /// Takes up an INVITE whose connection is gone.
    ///
    /// @param rendered its CANCEL, which must say what the INVITE said, its sender's port too
    void takeLost(WireIdentity call, Hop towards, byte[] rendered, int length, long until) {
        id.copyFrom(call);
        hop = towards;
        open = true;
        cancelling = true;
        hold(rendered, length, until);
    }

    /// Keeps a CANCEL for the next connection.
    private void hold(byte[] rendered, int length, long until) {
        cancel.reset();
        arm(RETRANSMIT, InviteTransaction.OFF);
        if (lostCancel.length < length) {
            lostCancel = new byte[length];
        }
        System.arraycopy(rendered, 0, lostCancel, 0, length);
        lostLength = length;
        arm(TIMEOUT, until);
    }

    /// Its hop has a new connection.
    void onUp(Hop again, long now) {
        if (open && hop == again && lostLength > 0) {
            context.telemetry.count(Metric.STRAGGLERS_CANCELLED);
            cancel.start(true, now);
        }
    }

    /// Its hop's connection is gone: nothing that was sent on it will be answered. What may ring is cancelled on the
    /// next one.
    void onDown(Hop gone, long now) {
        if (!open || hop != gone || lostLength > 0) {
            return;
        }
        if (cancelling) {
            int length = context.sender.renderCancel(id, gone);
            hold(context.sender.rendered(), length, now + context.timers.timeout());
        } else {
            close(now);
        }
    }

    /// Whether this is the INVITE with that branch key.
    boolean is(long branch) {
        return open && id.branch() == branch;
    }

    Hop hop() {
        return Objects.requireNonNull(hop, "taken");
    }

    void onInviteResponse(int status, int cause, long now) {
        invite.onResponse(status, cause, now);
    }

    /// A lost INVITE's final cannot come: its CANCEL's is the end.
    void onCancelResponse(int status, long now) {
        if (cancel.onResponse(status) && lostLength > 0) {
            close(now);
        }
    }

    void onTimer(int which, long now) {
        if (which == RETRANSMIT) {
            cancel.onTimerE(now);
        } else if (cancelling) {
            close(now);
        } else {
            invite.onTimerB(now);
        }
    }

    // What its transaction tells.

    @Override
    public void onProvisional(int status, long now) {
        if (!cancelling) {
            cancelling = true;
            context.telemetry.count(Metric.STRAGGLERS_CANCELLED);
            cancel.start(hop().isReliable(), now);
        }
    }

    @Override
    public void onAnswer(int status, long now) {
        var success = context.atHand;
        if (success != null) {
            all.release(this, success, now);
        }
        close(now);
    }

    @Override
    public void onFailure(int status, int cause, long now) {
        close(now);
    }

    @Override
    public void onNoFinal(long now) {
        close(now);
    }

    @Override
    public void onTransportError(long now) {
        close(now);
    }

    @Override
    public void onConnectionLost(long now) {
        close(now);
    }

    private void close(long now) {
        open = false;
        invite.close();
        cancel.reset();
        arm(RETRANSMIT, InviteTransaction.OFF);
        arm(TIMEOUT, InviteTransaction.OFF);
        context.ended.add(id, hop().index, now);
        all.closed(this);
    }

    // What its transactions ask for.

    @Override
    public void sendInvite(boolean again) {
        throw new IllegalStateException("a straggler sends no INVITE");
    }

    @Override
    public void sendAck() {
        var failure = context.atHand;
        if (failure != null) {
            context.sender.ack(id, hop(), failure);
        }
    }

    @Override
    public void retransmitInviteAt(long nanos) {
        arm(RETRANSMIT, nanos);
    }

    @Override
    public void timeOutInviteAt(long nanos) {
        arm(TIMEOUT, nanos);
    }

    private void arm(int which, long at) {
        context.wheel.set(firstTimer + which, at);
    }

    /// As in a [CallSlot], the answer to the CANCEL does not end the wait for the INVITE's final.
    private final class CancelPort implements NonInviteTransaction.Port {

        @Override
        public boolean sendRequest(boolean again) {
            return lostLength > 0
                    ? context.sender.again(lostCancel, lostLength, hop(), hop().endpoint(), id.key, again)
                    : context.sender.cancel(id, hop(), again);
        }

        @Override
        public void retransmitRequestAt(long nanos) {
            arm(RETRANSMIT, nanos);
        }

        /// One that is lost has its time already, however often its connection comes and goes.
        @Override
        public void timeOutRequestAt(long nanos) {
            if (nanos != InviteTransaction.OFF && lostLength == 0) {
                arm(TIMEOUT, nanos);
            }
        }
    }
}
