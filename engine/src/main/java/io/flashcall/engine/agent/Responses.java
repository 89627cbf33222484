package io.flashcall.engine.agent;

import io.flashcall.engine.call.Cause;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.ResponseView.Verdict;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/// Gives each response to the call, the ended call or the BYE that it answers.
///
/// A response names its call by the branch; it must also echo the random parts of branch and From tag and the
/// CSeq, and come from the call's own trunk, else it is counted and dropped.
final class Responses {

    private static final int FIRST_2XX = 200;
    private static final int FIRST_3XX = 300;

    /// Of an ended call whose last leg nobody remembers.
    private static final int LEGS_LOOKED_AT = 8;

    private final AgentContext context;
    private final CallTable calls;
    private final DialogTransactions requests;
    private final Dialogs dialogs;
    private final Prober prober;
    private final Faults faults;
    private final ResponseView response = new ResponseView();
    private final WireIdentity ended = new WireIdentity();
    private long now;

    Responses(AgentContext context, CallTable calls, DialogTransactions requests, Dialogs dialogs, Faults faults) {
        this.context = context;
        this.calls = calls;
        this.requests = requests;
        this.dialogs = dialogs;
        this.prober = context.prober;
        this.faults = faults;
    }

    /// Handles a datagram from a trunk, if it is a response.
    ///
    /// @return false when it is none: a request, or a keep-alive
    boolean onDatagram(byte[] bytes, int length, Endpoint source, long time) {
        now = time;
        var verdict = response.wrap(bytes, 0, length);
        if (verdict == Verdict.NOT_A_RESPONSE || verdict == Verdict.KEEP_ALIVE || verdict == Verdict.TOO_LONG) {
            return false;
        }
        if (verdict == Verdict.OK && response.branchIsOurs() && isOfAnother(bytes, length, source)) {
            return true;
        }
        boolean ours = verdict == Verdict.OK && response.fromTagIsOurs();
        if (context.sender.isTraced()) {
            var hop = context.arrival == null && ours ? hopOfCall(source) : context.arrival;
            context.sender.traceReceived(bytes, length, hop, source, ours && isOfCall() ? response.fromTagKey() : 0);
        }
        if (verdict != Verdict.OK) {
            context.telemetry.count(Metric.MALFORMED_DROPPED);
        } else if (!ours || !response.branchIsOurs() || !deliver(source)) {
            context.telemetry.count(Metric.RESPONSES_UNMATCHED);
        }
        return true;
    }

    /// Answers to OPTIONS and REGISTER belong to none.
    private boolean isOfCall() {
        int leg = CallKey.leg(response.branchKey());
        return !response.branchIsOurs() || (leg != CallKey.PROBE && leg != CallKey.REGISTER);
    }

    /// Whether it came to us and another agent has it now, or would have.
    private boolean isOfAnother(byte[] bytes, int length, Endpoint source) {
        int agent = CallKey.agent(response.branchKey());
        return agent != context.agent
                && context.arrival == null
                && context.handOver.offer(agent, bytes, length, source, true);
    }

    /// The hop whose datagram it is, as far as its call tells.
    private @Nullable Hop hopOfCall(Endpoint source) {
        var slot = calls.find(response.fromTagKey());
        Hop hop = null;
        if (slot != null && slot.isOnTheWire()) {
            hop = slot.hop();
        } else {
            int index = context.ended.find(response.branchKey(), ended, now);
            hop = index == EndedCalls.ABSENT ? null : context.hops.get(index);
        }
        return hop != null && hop.stream() == null && hop.listensTo(source) ? hop : null;
    }

    private boolean deliver(Endpoint source) {
        int leg = CallKey.leg(response.branchKey());
        if (leg <= CallKey.LAST_CALL) {
            return toCall(source) || toStraggler(source) || toEnded(source);
        }
        return switch (leg) {
            case CallKey.BYE, CallKey.PRACK -> toRequest(source) || isLate(source);
            case CallKey.PROBE -> prober.onResponse(response, source, now);
            case CallKey.REGISTER -> context.registrations.onResponse(response, source, now);
            default -> false;
        };
    }

    private boolean toCall(Endpoint source) {
        var slot = calls.find(CallKey.withLeg(response.branchKey(), CallKey.CALL));
        if (slot == null || !slot.isOnTheWire() || !isTheirs(slot.id, slot.hop(), source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
        LoadReports.take(response, slot.hop(), context.telemetry, now);
        context.atHand = response;
        try {
            deliver(slot);
        } catch (RuntimeException e) {
            faults.drop(slot, e, now);
        } finally {
            context.atHand = null;
        }
        return true;
    }

    private void deliver(CallSlot slot) {
        int status = response.status();
        if (response.method() == Method.INVITE) {
            slot.onInviteResponse(status, status >= FIRST_3XX ? cause() : Cause.NONE, now);
        } else if (response.method() == Method.CANCEL) {
            slot.onCancelResponse(status);
        }
    }

    private int cause() {
        int cause = Cause.of(response.q850Cause(), response.sipReasonCause(), response.isBlockedByAnalytics());
        return response.isStaleDate() ? Cause.ofStaleDate(cause) : cause;
    }

    /// An INVITE that its call has left behind answers after all.
    private boolean toStraggler(Endpoint source) {
        var straggler = dialogs.stragglers().find(response.branchKey(), now);
        if (straggler == null || !isTheirs(straggler.id, straggler.hop(), source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_LATE);
        straggler.hop().health.onResponse(now);
        LoadReports.take(response, straggler.hop(), context.telemetry, now);
        context.atHand = response;
        try {
            int status = response.status();
            if (response.method() == Method.INVITE) {
                straggler.onInviteResponse(status, Cause.NONE, now);
                tellItsCall(status);
            } else if (response.method() == Method.CANCEL) {
                straggler.onCancelResponse(status, now);
            }
        } finally {
            context.atHand = null;
        }
        return true;
    }

    /// The phone that it may ring is not to be rung by another host.
    private void tellItsCall(int status) {
        var slot = status < FIRST_3XX ? calls.find(CallKey.withLeg(response.branchKey(), CallKey.CALL)) : null;
        if (slot == null) {
            return;
        }
        try {
            slot.onElsewhere(status, now);
        } catch (RuntimeException e) {
            faults.drop(slot, e, now);
        }
    }

    /// What Completed and Accepted still have to do once the slot is gone: ACK a final again, release a late
    /// 2xx.
    private boolean toEnded(Endpoint source) {
        int index = context.ended.find(response.branchKey(), ended, now);
        if (index == EndedCalls.ABSENT) {
            return false;
        }
        var hop = context.hops.get(index);
        if (!isTheirs(ended, hop, source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_LATE);
        ended.serviceRoute = hop.line.serviceRoute;
        LoadReports.take(response, hop, context.telemetry, now);
        if (response.method() == Method.INVITE && response.status() >= FIRST_3XX) {
            context.telemetry.count(Metric.FINALS_REPEATED);
            context.sender.ack(ended, hop, response);
        } else if (response.method() == Method.INVITE && response.status() >= FIRST_2XX) {
            dialogs.releases().answer(ended, hop, null, CallSlot.lateCseq(ended), response, now);
        }
        return true;
    }

    private boolean toRequest(Endpoint source) {
        var request = requests.find(response);
        if (request == null || !request.hop().listensTo(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
        LoadReports.take(response, request.hop(), context.telemetry, now);
        requests.onResponse(request, response, now);
        return true;
    }

    /// An answer to a BYE or PRACK that was answered, or given up, before: its call is live for another fork,
    /// or ended.
    private boolean isLate(Endpoint source) {
        long call = response.fromTagKey();
        var slot = calls.find(call);
        if (slot != null && slot.isOnTheWire()) {
            return isLate(slot.id, slot.lastCseq(), slot.hop(), source);
        }
        for (int leg = 0; leg < LEGS_LOOKED_AT; leg++) {
            int index = context.ended.find(call | leg, ended, now);
            if (index != EndedCalls.ABSENT
                    && isLate(ended, CallSlot.lateCseq(ended), context.hops.get(index), source)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLate(WireIdentity id, int lastCseq, Hop hop, Endpoint source) {
        boolean late = echoesNonces(id)
                && (response.method() == Method.BYE || response.method() == Method.PRACK)
                && response.cseq() > id.cseq
                && response.cseq() <= lastCseq
                && hop.listensTo(source);
        if (late) {
            context.telemetry.count(Metric.RESPONSES_LATE);
        }
        return late;
    }

    /// Whether the response answers that INVITE or its CANCEL: it echoes all that we sent, and its sender may
    /// speak for the carrier.
    private boolean isTheirs(WireIdentity id, Hop hop, Endpoint source) {
        return response.branchKey() == id.branch() && echoes(id) && hop.listensTo(source);
    }

    private boolean echoes(WireIdentity id) {
        return echoesNonces(id) && response.cseq() == id.cseq;
    }

    private boolean echoesNonces(WireIdentity id) {
        return response.branchNonce() == id.branchNonce
                && response.fromTagKey() == id.key
                && response.fromTagNonce() == id.tagNonce;
    }
}
