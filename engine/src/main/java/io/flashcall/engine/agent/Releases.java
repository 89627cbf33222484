package io.flashcall.engine.agent;

import io.flashcall.engine.sip.DialogRequest;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import org.jspecify.annotations.Nullable;

/// Hangs up what was answered: every 2xx gets its ACK, each time it comes, and every fork (To tag) one BYE,
/// sent until it is answered (RFC 3261 §13.2.2.4, §15.1.1). Nothing may stay answered.
///
/// Which forks were released is remembered for longer than the BYE lasts.
final class Releases {

    /// Released forks remembered at most; the memory grows only as they come.
    private static final int MOST_FORKS = 1 << 21;

    private final AgentContext context;
    private final DialogTransactions transactions;
    private final ExpiringKeys forks;
    private final DialogRequest once = new DialogRequest();

    Releases(AgentContext context, DialogTransactions transactions) {
        this.context = context;
        this.transactions = transactions;
        // A 2xx may come again until the call's own memory of it is over.
        long life = 2 * (context.timers.linger() + context.timers.timeout());
        forks = new ExpiringKeys(life, MOST_FORKS, 0);
    }

    /// Handles a 2xx to an INVITE of a live or ended call.
    ///
    /// @param owner the slot to tell when the BYE is over, if the call is live
    /// @param cseq  number of the BYE
    /// @return whether a BYE was started whose end the owner will be told
    boolean answer(WireIdentity id, Hop hop, @Nullable CallSlot owner, int cseq, ResponseView success, long now) {
        context.sender.ackOfSuccess(id, hop, success);
        long fork = CallKey.fork(id.branch(), success.toTagHash());
        if (forks.find(fork, now) != ExpiringKeys.ABSENT) {
            context.telemetry.count(Metric.FINALS_REPEATED);
            return false;
        }
        forks.add(fork, now);
        context.telemetry.count(Metric.ANSWERS_RELEASED);
        var transaction = transactions.take(Method.BYE, id, hop, owner);
        if (transaction == null) {
            sendOnce(id, hop, fork, cseq, success);
            return false;
        }
        transaction.request.cseq = cseq;
        transaction.request.rseq = DialogRequest.NO_RSEQ;
        return transactions.start(transaction, success, now) && owner != null;
    }

    private void sendOnce(WireIdentity id, Hop hop, long fork, int cseq, ResponseView success) {
        context.telemetry.count(Metric.RELEASES_OVERFLOWED);
        once.branchKey = CallKey.withLeg(fork, CallKey.BYE);
        once.cseq = cseq;
        int length = context.sender.render(Method.BYE, id, hop, once, success);
        if (length > 0) {
            var sender = context.sender;
            sender.again(sender.rendered(), length, hop, sender.nextHop(hop, success), id.key, false);
        }
    }
}
