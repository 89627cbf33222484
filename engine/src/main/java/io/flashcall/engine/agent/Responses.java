package io.flashcall.engine.agent;

import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.ResponseView.Verdict;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Trunk;
import java.util.List;

/// Gives each response to the call, the ended call or the BYE that it answers.
///
/// A response names its call by the branch; it must also echo the random parts of branch and From tag and the CSeq, and
/// come from the call's own trunk, else it is counted and dropped.
final class Responses {

    private static final int FIRST_2XX = 200;
    private static final int FIRST_3XX = 300;

    private final AgentContext context;
    private final List<Trunk> trunks;
    private final CallTable calls;
    private final Releases releases;
    private final Faults faults;
    private final ResponseView response = new ResponseView();
    private final WireIdentity ended = new WireIdentity();
    private long now;

    Responses(AgentContext context, List<Trunk> trunks, CallTable calls, Releases releases, Faults faults) {
        this.context = context;
        this.trunks = List.copyOf(trunks);
        this.calls = calls;
        this.releases = releases;
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
        boolean ours = verdict == Verdict.OK && response.fromTagIsOurs();
        context.sender.traceReceived(bytes, length, source, ours ? response.fromTagKey() : 0);
        if (verdict != Verdict.OK) {
            context.telemetry.count(Metric.MALFORMED_DROPPED);
        } else if (!ours || !response.branchIsOurs() || !deliver(source)) {
            context.telemetry.count(Metric.RESPONSES_UNMATCHED);
        }
        return true;
    }

    private boolean deliver(Endpoint source) {
        return switch (CallKey.leg(response.branchKey())) {
            case CallKey.CALL -> toCall(source) || toEnded(source);
            case CallKey.BYE -> toRelease(source) || isLateByeAnswer(source);
            default -> false;
        };
    }

    private boolean toCall(Endpoint source) {
        var slot = calls.find(response.branchKey());
        if (slot == null
                || !echoes(slot.id)
                || !trunks.get(slot.trunk()).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
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
            slot.onInviteResponse(status, status >= FIRST_3XX ? response.q850Cause() : -1, now);
        } else if (response.method() == Method.CANCEL) {
            slot.onCancelResponse(status);
        }
    }

    /// What Completed and Accepted still have to do once the slot is gone: ACK a final again, release a late 2xx.
    private boolean toEnded(Endpoint source) {
        int trunk = context.ended.find(response.branchKey(), ended, now);
        if (trunk == EndedCalls.ABSENT
                || !echoes(ended)
                || !trunks.get(trunk).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_LATE);
        if (response.method() == Method.INVITE && response.status() >= FIRST_3XX) {
            context.telemetry.count(Metric.FINALS_REPEATED);
            context.sender.ack(ended, trunk, response);
        } else if (response.method() == Method.INVITE && response.status() >= FIRST_2XX) {
            releases.answer(ended, trunk, null, response, now);
        }
        return true;
    }

    private boolean toRelease(Endpoint source) {
        var release = releases.find(response);
        if (release == null || !trunks.get(release.trunk()).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_MATCHED);
        releases.onResponse(release, response.status(), now);
        return true;
    }

    /// An answer to a BYE that was answered, or given up, before: its call is live for another fork, or ended.
    private boolean isLateByeAnswer(Endpoint source) {
        long call = response.fromTagKey();
        var slot = calls.find(call);
        int trunk = slot == null ? context.ended.find(call, ended, now) : slot.trunk();
        var id = slot == null ? ended : slot.id;
        if (trunk == EndedCalls.ABSENT
                || !echoesNonces(id)
                || response.method() != Method.BYE
                || response.cseq() != id.cseq + 1L
                || !trunks.get(trunk).sources().contains(source)) {
            return false;
        }
        context.telemetry.count(Metric.RESPONSES_LATE);
        return true;
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
