package io.flashcall.engine.agent;

import io.flashcall.engine.call.CallLeg;
import io.flashcall.engine.call.Ending;
import io.flashcall.engine.call.FlashCall;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transaction.InviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction;
import io.flashcall.engine.trunk.Trunk;

/// The room of one call: preallocated, found by index, used again under a new generation. It joins the call machine and
/// its transactions to the wire, the wheel and the event queue.
///
/// A thread that places a call owns the slot from [CallTable#acquire] until it hands it to the loop; from then on only
/// the loop touches it. [#liveKey] alone may be read by anyone. As a [Command] it asks the loop to begin its call.
final class CallSlot implements Command, CallLeg, InviteTransaction.Port {

    /// Timers of a slot, counted from its index times [#TIMERS].
    static final int RETRANSMIT = 0;

    static final int TIMEOUT = 1;
    static final int WAKE = 2;
    static final int TIMERS = 3;

    /// What `liveKey` is while no call is here.
    static final long VACANT = 0;

    final int index;
    final WireIdentity id = new WireIdentity();
    int pendingReleases;

    private final AgentContext context;
    private final Releases releases;
    private final CallTable table;
    private final int firstTimer;
    private final FlashCall call;
    private final InviteTransaction invite;
    private final NonInviteTransaction cancel;
    private final CallEvents events;
    private volatile long liveKey = VACANT;
    private CallPlan plan;
    private boolean sentAny;

    CallSlot(int index, AgentContext context, Releases releases, CallTable table, Trunk anyTrunk) {
        this.index = index;
        this.context = context;
        this.releases = releases;
        this.table = table;
        firstTimer = index * TIMERS;
        plan = CallPlan.none(anyTrunk);
        call = new FlashCall(this, anyTrunk.ringRule());
        invite = new InviteTransaction(this, call, context.timers);
        cancel = new NonInviteTransaction(new CancelPort(), context.timers);
        events = new CallEvents(context);
    }

    /// Takes up a call; the placing thread. From here on [#liveKey] names it.
    void prepare(CallPlan newPlan, long key) {
        plan = newPlan;
        newPlan.fill(id);
        id.key = key;
        liveKey = key;
    }

    void begin(long now) {
        pendingReleases = 0;
        sentAny = false;
        cancel.reset();
        events.begin(id.key, plan.reference());
        call.begin(plan.trunk().ringRule(), plan.ringNanos(), plan.setupNanos(), plan.startAt(), now);
    }

    /// Which call is here, or [#VACANT].
    long liveKey() {
        return liveKey;
    }

    FlashCall.State state() {
        return call.state();
    }

    int trunk() {
        return plan.trunk().index();
    }

    void onInviteResponse(int status, int q850, long now) {
        invite.onResponse(status, q850, now);
        settle(now);
    }

    void onCancelResponse(int status) {
        cancel.onResponse(status);
    }

    void onSendError(long now) {
        invite.onSendError(now);
    }

    void onTimer(int which, long now) {
        switch (which) {
            case RETRANSMIT -> {
                invite.onTimerA(now);
                cancel.onTimerE(now);
            }
            case TIMEOUT -> onTimeout(now);
            case WAKE -> call.onWake(now);
            default -> throw new IllegalStateException("slot timer " + which);
        }
    }

    void hangUp(long now) {
        call.hangUp(now);
    }

    /// Ends the call here and now, without a word to the peer.
    void abort(long now) {
        call.abort(now);
    }

    /// Sends a CANCEL without a transaction, where one may be sent: before the call is dropped for a fault of ours.
    void cancelOnce() {
        boolean mayRing = invite.state() == InviteTransaction.State.PROCEEDING;
        if (mayRing && call.state() != FlashCall.State.CANCELLING) {
            context.sender.cancel(id, trunk(), false);
        }
    }

    /// One of this call's BYEs is over.
    void onReleased(long now) {
        pendingReleases--;
        settle(now);
    }

    private void settle(long now) {
        if (pendingReleases == 0) {
            call.onReleased(now);
        }
    }

    /// Timer B before the CANCEL, the wait for a final after it.
    private void onTimeout(long now) {
        if (call.state() == FlashCall.State.CANCELLING) {
            cancel.onTimerF();
            call.onNoFinal(now);
        } else {
            invite.onTimerB(now);
        }
    }

    private void arm(int which, long at) {
        if (at == FlashCall.NEVER) {
            context.wheel.disarm(firstTimer + which);
        } else {
            context.wheel.arm(firstTimer + which, at);
        }
    }

    // What the call asks for.

    @Override
    public void sendInvite(long now) {
        sentAny = true;
        invite.start(now);
    }

    @Override
    public void stopInvite() {
        invite.stopRetransmitting();
    }

    @Override
    public void sendCancel(long now) {
        cancel.start(now);
    }

    @Override
    public void release(long now) {
        cancel.reset();
        arm(RETRANSMIT, FlashCall.NEVER);
        arm(TIMEOUT, FlashCall.NEVER);
        var success = context.atHand;
        if (success != null && releases.answer(id, trunk(), this, success, now)) {
            pendingReleases++;
        }
    }

    @Override
    public void wakeAt(long nanos) {
        arm(WAKE, nanos);
    }

    @Override
    public void reportPlaced(long now) {
        context.telemetry.count(Metric.CALLS_PLACED);
        events.placed(now);
    }

    @Override
    public void reportTrying(int status, long now) {
        events.trying(status, now);
    }

    @Override
    public void reportRinging(int status, long untilRinging, long now) {
        context.telemetry.postDialDelay(untilRinging);
        events.ringing(status, now);
    }

    @Override
    public void reportHangingUp(long ringing, long late, long now) {
        if (ringing != FlashCall.NEVER) {
            context.telemetry.ringTime(ringing);
        }
        if (late != FlashCall.NEVER) {
            context.lateness.queued(now - late);
        }
        events.hangingUp(late, now);
    }

    @Override
    public void reportEnded(Ending ending, int status, long now) {
        context.telemetry.count(Metric.CALLS_ENDED);
        events.ended(ending, status, now);
    }

    /// Responses find the call among the ended ones from here on.
    @Override
    public void finished(long now) {
        invite.close();
        cancel.reset();
        arm(RETRANSMIT, FlashCall.NEVER);
        arm(TIMEOUT, FlashCall.NEVER);
        if (sentAny) {
            context.ended.add(id, trunk(), now);
        }
        plan.trunk().releaseChannel();
        liveKey = VACANT;
        table.retire(this);
    }

    // What the INVITE transaction asks for.

    @Override
    public void sendInvite(boolean again) {
        context.sender.invite(id, trunk(), again);
    }

    @Override
    public void sendAck() {
        var failure = context.atHand;
        if (failure != null) {
            context.sender.ack(id, trunk(), failure);
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

    /// What the CANCEL transaction asks for. Its answer does not end the wait for the INVITE's final: that lasts 64·T1
    /// from the CANCEL (RFC 3261 §9.1), so the timeout is armed but never disarmed here.
    private final class CancelPort implements NonInviteTransaction.Port {

        @Override
        public void sendRequest(boolean again) {
            context.sender.cancel(id, trunk(), again);
        }

        @Override
        public void retransmitRequestAt(long nanos) {
            arm(RETRANSMIT, nanos);
        }

        @Override
        public void timeOutRequestAt(long nanos) {
            if (nanos != InviteTransaction.OFF) {
                arm(TIMEOUT, nanos);
            }
        }
    }
}
