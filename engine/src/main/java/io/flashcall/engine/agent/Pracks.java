package io.flashcall.engine.agent;

import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.telemetry.Metric;

/// Acknowledges reliable provisional responses (RFC 3262 §4): each fork's in the order of its numbers, each
/// once. The callee sends a response again until its PRACK arrives, and gives the call up without.
final class Pracks {

    private final AgentContext context;
    private final DialogTransactions transactions;

    Pracks(AgentContext context, DialogTransactions transactions) {
        this.context = context;
        this.transactions = transactions;
    }

    /// Handles a provisional response of a live call, if it is a reliable one.
    void onProvisional(CallSlot slot, ResponseView response, long now) {
        if (!response.isReliable() || response.toTagHash() == 0) {
            return;
        }
        if (!slot.reliable.isNext(response.toTagHash(), response.rseq())) {
            context.telemetry.count(Metric.RELIABLE_REPEATED);
            return;
        }
        if (response.hasSdp()) {
            slot.reliable.noteAnswer(response.toTagHash());
        }
        var transaction = transactions.take(Method.PRACK, slot.id, slot.hop(), slot);
        if (transaction != null) {
            transaction.request.cseq = slot.nextCseq();
            transaction.request.rseq = response.rseq();
            transactions.start(transaction, response, now);
        }
    }
}
