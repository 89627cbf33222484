package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Authenticator;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The requests that calls have under way within dialogs: BYEs and PRACKs. Made when needed and used again; a
/// challenge is answered here.
final class DialogTransactions {

    static final int TIMERS_EACH = 2;

    private final AgentContext context;
    private final int firstTimer;
    private final int most;
    private final List<DialogTransaction> all = new ArrayList<>();
    private final List<DialogTransaction> idle = new ArrayList<>();
    private final ResponseView kept = new ResponseView();
    private final AtomicInteger pending = new AtomicInteger();

    /// @param firstTimer the wheel's timers from here on are for these
    /// @param most       at once
    DialogTransactions(AgentContext context, int firstTimer, int most) {
        this.context = context;
        this.firstTimer = firstTimer;
        this.most = most;
    }

    /// One that is free, or null.
    @Nullable DialogTransaction take(Method method, WireIdentity id, Hop hop, @Nullable CallSlot owner) {
        var transaction = free();
        if (transaction != null) {
            count();
            transaction.take(method, id, hop, owner);
        }
        return transaction;
    }

    /// Writes the request of a dialog and sends it until it is answered.
    ///
    /// @param answered the response that made the dialog
    /// @return false when it does not fit a datagram: then the transaction is free again
    boolean start(DialogTransaction transaction, ResponseView answered, long now) {
        var hop = transaction.hop();
        if (hop.line.authenticator != null) {
            transaction.keep(answered, answered.end());
        }
        boolean written = write(transaction, answered, now);
        if (!written) {
            release(transaction);
        }
        return written;
    }

    private boolean write(DialogTransaction transaction, ResponseView answered, long now) {
        var hop = transaction.hop();
        var authenticator = hop.line.authenticator;
        transaction.request.credentials.clear();
        if (authenticator != null && authenticator.isPrepared()) {
            authorize(transaction, authenticator, answered);
        }
        int length = context.sender.render(transaction.method(), transaction.id, hop, transaction.request, answered);
        if (length == 0) {
            return false;
        }
        Endpoint to = context.sender.nextHop(hop, answered);
        transaction.start(context.sender.rendered(), length, to, now);
        return true;
    }

    private void authorize(DialogTransaction transaction, Authenticator authenticator, ResponseView answered) {
        int length = context.sender.dialogUri(transaction.id, transaction.hop(), answered);
        if (length > 0) {
            authenticator.authorize(
                    transaction.method(),
                    context.sender.rendered(),
                    length,
                    transaction.presented,
                    transaction.request.credentials);
        }
    }

    /// The one that this response answers, or null.
    @Nullable DialogTransaction find(ResponseView response) {
        int index = CallKey.slot(response.branchKey());
        return index < all.size() && all.get(index).matches(response) ? all.get(index) : null;
    }

    void onResponse(DialogTransaction transaction, ResponseView response, long now) {
        boolean final_ = transaction.onResponse(response.status());
        if (final_ && !retries(transaction, response, now)) {
            close(transaction, now);
        }
    }

    /// Answers a challenge (RFC 3261 §22.2): the same request with credentials, the next CSeq number and a new
    /// branch.
    private boolean retries(DialogTransaction transaction, ResponseView response, long now) {
        var authenticator = transaction.hop().line.authenticator;
        boolean challenged = response.status() == 401 || response.status() == 407;
        if (!challenged
                || authenticator == null
                || authenticator.onChallenge(response, transaction.presented) != Authenticator.Verdict.RETRY
                || !transaction.reread(kept)) {
            return false;
        }
        transaction.renew();
        transaction.takeNextCseq();
        return write(transaction, kept, now);
    }

    /// A hop has a new connection: its requests, which nobody repeats on a reliable transport, are sent again.
    void onUp(Hop hop) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onUp(hop);
        }
    }

    /// How many of the wheel's timers are for these.
    int timers() {
        return most * TIMERS_EACH;
    }

    void onTimer(int timer, long now) {
        int offset = timer - firstTimer;
        var transaction = all.get(offset / TIMERS_EACH);
        if (offset % TIMERS_EACH == DialogTransaction.RETRANSMIT) {
            transaction.onTimerE(now);
        } else if (transaction.onTimerF()) {
            context.telemetry.count(
                    transaction.method() == Method.BYE ? Metric.BYES_UNANSWERED : Metric.PRACKS_UNANSWERED);
            close(transaction, now);
        }
    }

    /// Requests that wait for their answer; any thread.
    int pending() {
        return pending.get();
    }

    private void count() {
        pending.lazySet(all.size() - idle.size());
    }

    private void release(DialogTransaction transaction) {
        transaction.close();
        idle.add(transaction);
        count();
    }

    private void close(DialogTransaction transaction, long now) {
        boolean released = transaction.method() == Method.BYE;
        var owner = transaction.close();
        idle.add(transaction);
        count();
        if (owner != null && released) {
            owner.onReleased(now);
        }
    }

    private @Nullable DialogTransaction free() {
        if (!idle.isEmpty()) {
            return idle.removeLast();
        }
        if (all.size() == most) {
            return null;
        }
        var transaction = new DialogTransaction(all.size(), firstTimer + all.size() * TIMERS_EACH, context);
        all.add(transaction);
        return transaction;
    }
}
