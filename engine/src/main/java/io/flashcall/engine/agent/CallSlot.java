package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.auth.Presented;
import io.flashcall.engine.call.CallLeg;
import io.flashcall.engine.call.Ending;
import io.flashcall.engine.call.FlashCall;
import io.flashcall.engine.call.RingSign;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.TargetUri;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transaction.InviteTransaction;
import io.flashcall.engine.transaction.NonInviteTransaction;
import io.flashcall.engine.trunk.Trunk;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The room of one call: preallocated, found by index, used again under a new generation. It joins the call
/// machine and its transactions to the wire, the wheel and the event queue.
///
/// A thread that places a call owns the slot from [CallTable#acquire] until it hands it to the loop; from then
/// on only the loop touches it. [#liveKey] alone may be read by anyone. As a [Command] it asks the loop to
/// begin its call.
final class CallSlot implements Command, CallLeg, InviteTransaction.Port {

    /// Timers of a slot, counted from its index times [#TIMERS].
    static final int RETRANSMIT = 0;

    static final int TIMEOUT = 1;
    static final int WAKE = 2;
    static final int TIMERS = 3;

    private static final int TRYING = 100;
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int LATE_CSEQ = 1 << 10;

    /// What `liveKey` is while no call is here.
    static final long VACANT = 0;

    final int index;
    final WireIdentity id = new WireIdentity();
    final ReliableForks reliable = new ReliableForks();
    int pendingReleases;

    private final AgentContext context;
    private final Dialogs dialogs;
    private final CallTable table;
    private final int firstTimer;
    private final FlashCall call;
    private final InviteTransaction invite;
    private final NonInviteTransaction cancel;
    private final CallEvents events;
    private final Presented presented = new Presented();
    private final SlotSignature signature;
    private final RedirectTrail trail = new RedirectTrail();
    private final CallTally tally = new CallTally();
    private volatile long liveKey = VACANT;
    private Trunk trunk;

    /// Of this call if it is bound, or else of one before.
    private @Nullable Hop hop;

    private boolean bound;
    private boolean waiting;
    private long tried;
    private long timeoutAt;
    private int lastCseq;

    /// @param none what it holds before its first call
    CallSlot(int index, AgentContext context, Dialogs dialogs, CallTable table, CallPlan none) {
        this.index = index;
        this.context = context;
        this.dialogs = dialogs;
        this.table = table;
        firstTimer = index * TIMERS;
        trunk = none.trunk();
        call = new FlashCall(this, none.terms());
        invite = new InviteTransaction(this, call, context.timers);
        cancel = new NonInviteTransaction(new CancelPort(), context.timers);
        events = new CallEvents(context, table.references(), index);
        signature = new SlotSignature(context);
    }

    /// Takes up a call; the placing thread. From here on [#liveKey] names it.
    void prepare(CallPlan plan, long key) {
        table.plans().put(index, plan);
        table.references().set(index, plan.reference());
        plan.fill(id);
        id.key = key;
        liveKey = key;
    }

    void begin(long now) {
        var plan = table.plans().take(index);
        if (trunk != plan.trunk()) {
            trunk = plan.trunk();
        }
        pendingReleases = 0;
        bound = false;
        waiting = false;
        tried = 0;
        lastCseq = id.cseq;
        reliable.clear();
        presented.clear();
        signature.begin(plan.signature());
        trail.clear();
        cancel.reset();
        tally.begin(plan.trunk(), plan.startAt());
        events.begin(id.key);
        call.begin(plan.terms(), plan.startAt(), now);
    }

    /// Which call is here, or [#VACANT].
    long liveKey() {
        return liveKey;
    }

    FlashCall.State state() {
        return call.state();
    }

    /// Where the INVITE went; only after one was sent.
    Hop hop() {
        return Objects.requireNonNull(bound ? hop : null, "an INVITE was sent");
    }

    /// Whether an INVITE was sent.
    boolean isOnTheWire() {
        return bound && !waiting;
    }

    void onInviteResponse(int status, int cause, long now) {
        hop().health.onResponse(now);
        tally.onResponse(status);
        var response = context.atHand;
        if (status < FIRST_FINAL && response != null) {
            dialogs.pracks().onProvisional(this, response, now);
        }
        // A refusal may come from who has not looked at them.
        if (!id.credentials.isEmpty() && status > TRYING && status < FIRST_REFUSAL) {
            trunk.onAccepted();
        }
        signature.onResponse(hop(), status, !id.signature.isEmpty(), now);
        invite.onResponse(status, cause, now);
        settle(now);
    }

    /// A host that this call has left behind answers its INVITE with something below 300.
    void onElsewhere(int status, long now) {
        call.onElsewhere(status, now);
        settle(now);
    }

    void onCancelResponse(int status) {
        cancel.onResponse(status);
    }

    /// The system would not send the INVITE.
    ///
    /// @param unreachable whether the network says that the host cannot be reached
    void onSendError(boolean unreachable, long now) {
        if (unreachable) {
            hop().health.onUnreachable(now);
        }
        invite.onSendError(now);
    }

    /// The network says that an INVITE of this call did not arrive.
    ///
    /// @return whether it says so of the one that waits for a response
    boolean onUndelivered(long now) {
        boolean news = invite.onUndelivered();
        if (news) {
            hop().health.onUnreachable(now);
            call.onUndelivered(now);
        }
        return news;
    }

    @Override
    public boolean isUndelivered() {
        return invite.isUndelivered();
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

    /// Sends a CANCEL without a transaction, where one may be sent: before the call is dropped for a fault of
    /// ours.
    void cancelOnce() {
        boolean mayRing = invite.state() == InviteTransaction.State.PROCEEDING;
        if (mayRing && call.state() != FlashCall.State.CANCELLING) {
            context.sender.cancel(id, hop(), false);
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
        context.wheel.set(firstTimer + which, at);
    }

    // What the call asks for.

    @Override
    public boolean sendInvite(long now) {
        var chosen = line().choose(now);
        if (chosen == null) {
            return false;
        }
        go(chosen, now);
        return true;
    }

    @Override
    public boolean retry(int status, boolean progressed, long now) {
        var response = context.atHand;
        if (response == null || id.leg == CallKey.LAST_CALL) {
            return false;
        }
        return switch (status) {
            case 401, 407 -> answerChallenge(response, now);
            case 503 -> onUnavailable(response.retryAfterSeconds(), progressed, now);
            default -> Redirects.isFollowed(status) && !progressed && redirect(response, now);
        };
    }

    /// Where the response says (RFC 3261 §8.1.3.4). With the old CSeq number the host that redirected could take it
    /// for the request that it has answered (§8.2.2.2).
    private boolean redirect(ResponseView response, long now) {
        if (trail.isEmpty()) {
            int length = context.sender.inviteUri(id, hop());
            trail.begin(TargetUri.hash(context.sender.rendered(), length));
        }
        var next = context.redirects.choose(response, trail, hop(), now);
        if (next == null) {
            return false;
        }
        context.ended.add(id, hop().index, now);
        context.redirects.takeUp(id, trail);
        id.leg++;
        id.cseq = nextCseq();
        go(next, now);
        return true;
    }

    private boolean onUnavailable(int retryAfter, boolean progressed, long now) {
        line().onUnavailable(hop(), retryAfter, now);
        boolean elsewhere = !progressed && failOver(now);
        if (!elsewhere) {
            trunk.gate().backOff().onUnavailable(now);
        }
        return elsewhere;
    }

    @Override
    public boolean isUnwanted(long now) {
        return line().wantsNone(now);
    }

    /// Credentials cost the INVITE a new branch and the next CSeq number (RFC 3261 §22.2); Call-ID and From tag
    /// stay.
    private boolean answerChallenge(ResponseView response, long now) {
        var authenticator = line().authenticator;
        if (authenticator == null) {
            return false;
        }
        context.telemetry.count(Metric.CHALLENGES);
        boolean again = authenticator.onChallenge(response, presented) == Authenticator.Verdict.RETRY;
        if (!again) {
            line().trunk.onRejected();
            return false;
        }
        context.ended.add(id, hop().index, now);
        id.leg++;
        id.cseq = nextCseq();
        go(hop(), now);
        return true;
    }

    /// The same request to another host (RFC 3263 §4.3): a new branch, and the rest as it was, by which a
    /// callee that both hosts lead to can tell that it is one call (RFC 3261 §8.2.2.2).
    @Override
    public boolean failOver(long now) {
        var next = id.leg == CallKey.LAST_CALL || trail.isBound() ? null : line().other(tried, now);
        if (next == null) {
            return false;
        }
        context.telemetry.count(Metric.FAILOVERS);
        if (isOnTheWire()) {
            leaveBehind(now);
        }
        id.leg++;
        go(next, now);
        return true;
    }

    /// What was sent there may be answered yet, or its final come again.
    private void leaveBehind(long now) {
        switch (invite.state()) {
            case CALLING -> dialogs.stragglers().leave(id, hop(), timeoutAt, now);
            case IDLE, PROCEEDING, COMPLETED, ACCEPTED, TERMINATED -> context.ended.add(id, hop().index, now);
        }
    }

    /// Sends the INVITE to a host, or has it wait for the connection there. One that is too long for a datagram goes
    /// by TCP where the trunk allows that, unless that was tried (RFC 3261 §18.1.1).
    private void go(Hop chosen, long now) {
        if (isHeldBack(chosen, now)) {
            return;
        }
        if (id.serviceRoute != chosen.line.serviceRoute) {
            id.serviceRoute = chosen.line.serviceRoute;
        }
        authorize(chosen);
        var to = chosen;
        var byTcp = chosen.twin();
        if (byTcp != null && chosen.isTooLongFor(id) && isOpen(byTcp, now)) {
            to = byTcp;
        }
        tried |= TrunkLine.bit(to);
        bind(to);
        timeoutAt = now + context.timers.timeout();
        waiting = !to.isUp();
        invite.start(to.isReliable(), now);
    }

    private void bind(Hop to) {
        bound = true;
        if (hop != to) {
            hop = to;
        }
    }

    private boolean isOpen(Hop byTcp, long now) {
        return (tried & TrunkLine.bit(byTcp)) == 0 && byTcp.isWithinReach() && byTcp.health.isUsable(now);
    }

    /// Whether the INVITE has to wait for its signature: then it is on no wire.
    private boolean isHeldBack(Hop to, long now) {
        if (!signature.holdsBack(to, id, now)) {
            return false;
        }
        invite.close();
        bound = false;
        waiting = false;
        return true;
    }

    @Override
    public boolean isSigning() {
        return signature.isAwaited();
    }

    /// The signature that was asked for, or none.
    void onSigned(CallSignature made, long now) {
        if (!signature.isAwaited()) {
            return;
        }
        if (signature.renew(made, id)) {
            call.onSigned(now);
        } else {
            call.onUnsigned(now);
        }
    }

    @Override
    public boolean sendSigned(long now) {
        var to = signature.release();
        if (!to.isWithinReach()) {
            return failOver(now);
        }
        go(to, now);
        return true;
    }

    /// A connection is there: an INVITE that waited for it leaves.
    void onUp(Hop up, long now) {
        if (!bound || hop != up || !waiting) {
            return;
        }
        waiting = false;
        if (call.state() == FlashCall.State.CALLING) {
            if (isHeldBack(up, now)) {
                call.onOutdated(now);
                return;
            }
            authorize(up);
            sendInvite(false);
        } else {
            invite.onConnectionLost(now);
        }
    }

    /// A connection is gone: what was sent on it has no answer any more.
    void onDown(Hop down, long now) {
        if (bound && hop == down) {
            waiting = false;
            invite.onConnectionLost(now);
            settle(now);
        }
    }

    /// What the carrier has asked for once, it need not ask for again.
    private void authorize(Hop to) {
        var authenticator = to.line.authenticator;
        if (authenticator != null && authenticator.isPrepared() && to.isUp()) {
            int length = context.sender.inviteUri(id, to);
            authenticator.authorize(Method.INVITE, context.sender.rendered(), length, presented, id.credentials);
        }
    }

    private TrunkLine line() {
        return context.lines.get(trunk.index());
    }

    /// A CSeq number above all that this call has used.
    int nextCseq() {
        return ++lastCseq;
    }

    /// The highest CSeq number that this call has used.
    int lastCseq() {
        return lastCseq;
    }

    /// The CSeq number of a BYE for a call that is no longer here to be asked: above all that it has used,
    /// since a call makes few requests.
    static int lateCseq(WireIdentity call) {
        return call.cseq + LATE_CSEQ;
    }

    @Override
    public void stopInvite() {
        invite.stopRetransmitting();
    }

    @Override
    public void sendCancel(long now) {
        cancel.start(hop().isReliable(), now);
    }

    @Override
    public void leave(long now) {
        dialogs.stragglers().leaveForReturn(id, hop(), now);
    }

    @Override
    public void release(long now) {
        tally.onAnswer(now);
        cancel.reset();
        arm(RETRANSMIT, FlashCall.NEVER);
        arm(TIMEOUT, FlashCall.NEVER);
        var success = context.atHand;
        if (success != null && dialogs.releases().answer(id, hop(), this, nextCseq(), success, now)) {
            pendingReleases++;
        }
    }

    @Override
    public void wakeAt(long nanos) {
        arm(WAKE, nanos);
    }

    @Override
    public RingSign sign() {
        return RingSigns.of(context.atHand);
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
        // Some carriers refuse credentials by 403, as their trunk's table of refusals says.
        if (ending == Ending.NOT_AUTHORIZED && !id.credentials.isEmpty()) {
            trunk.onRejected();
        }
        tally.onEnd(ending, now);
        events.ended(ending, status, now);
    }

    /// Responses find the call among the ended ones from here on.
    @Override
    public void finished(long now) {
        invite.close();
        cancel.reset();
        arm(RETRANSMIT, FlashCall.NEVER);
        arm(TIMEOUT, FlashCall.NEVER);
        if (isOnTheWire()) {
            context.ended.add(id, hop().index, now);
        }
        trunk.releaseChannel();
        liveKey = VACANT;
        table.retire(this);
    }

    // What the INVITE transaction asks for.

    @Override
    public void sendInvite(boolean again) {
        if (!waiting) {
            tally.onSent();
            hop().health.onRequest(context.now);
            context.sender.invite(id, hop(), again);
        }
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

    /// What the CANCEL transaction asks for. Its answer does not end the wait for the INVITE's final: that
    /// lasts 64·T1 from the CANCEL (RFC 3261 §9.1), so the timeout is armed but never disarmed here.
    private final class CancelPort implements NonInviteTransaction.Port {

        @Override
        public boolean sendRequest(boolean again) {
            return context.sender.cancel(id, hop(), again);
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
