package io.flashcall.engine.agent;

import io.flashcall.engine.sip.SentInvite;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;

/// Gives each ICMP error to the call whose INVITE it is about.
///
/// Anyone can forge one: it must quote the branch of an INVITE that waits for its first response, random part
/// included, and name the host that this was sent to. Others are counted and dropped; the transactions that they may
/// be about go on until their own timers.
final class Undelivered {

    private final AgentContext context;
    private final CallTable calls;
    private final Faults faults;
    private final SentInvite invite = new SentInvite();

    Undelivered(AgentContext context, CallTable calls, Faults faults) {
        this.context = context;
        this.calls = calls;
        this.faults = faults;
    }

    /// @param quoted the beginning of what was sent
    void onQuoted(byte[] quoted, int length, Endpoint destination, long now) {
        boolean ours = invite.wrap(quoted, length);
        int agent = ours ? CallKey.agent(invite.branchKey()) : context.agent;
        if (agent != context.agent && context.handOver.offer(agent, quoted, length, destination, false)) {
            return;
        }
        boolean matched = ours && deliver(destination, now);
        context.telemetry.count(matched ? Metric.INVITES_UNDELIVERED : Metric.ICMP_UNMATCHED);
    }

    private boolean deliver(Endpoint destination, long now) {
        var slot = calls.find(CallKey.withLeg(invite.branchKey(), CallKey.CALL));
        if (slot == null || !slot.isOnTheWire() || !isTheirs(slot, destination)) {
            return false;
        }
        try {
            return slot.onUndelivered(now);
        } catch (RuntimeException e) {
            faults.drop(slot, e, now);
            return true;
        }
    }

    private boolean isTheirs(CallSlot slot, Endpoint destination) {
        var hop = slot.hop();
        return slot.id.branch() == invite.branchKey()
                && slot.id.branchNonce == invite.branchNonce()
                && !hop.isReliable()
                && hop.endpoint().same(destination);
    }
}
