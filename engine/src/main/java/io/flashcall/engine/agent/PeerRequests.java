package io.flashcall.engine.agent;

import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.sip.RequestView;
import io.flashcall.engine.sip.ResponseView.Verdict;
import io.flashcall.engine.sip.ResponseWriter;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;

/// Answers what a trunk asks of us, by RFC 3261 §8.2 and §17.2: OPTIONS 200, an INVITE 403, a BYE for a live call
/// 200, a BYE or CANCEL that matches nothing 481, another method 405 or 501, a malformed request 400 where it can be
/// answered.
final class PeerRequests {

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final long TAG_SALT = 0x9E37_79B9_7F4A_7C15L;

    private final AgentContext context;
    private final CallTable calls;
    private final ServerTransactions transactions;
    private final long tagSecret;
    private final RequestView request = new RequestView();
    private final ResponseWriter writer = new ResponseWriter();
    private final HostPort from = new HostPort();
    private final HostPort replyTo = new HostPort();
    private final Endpoint destination = new Endpoint();
    private final byte[] out = new byte[LARGEST_DATAGRAM];

    /// @param tagSecret makes To tags that are the same for a repeated request, and unlike another agent's
    PeerRequests(AgentContext context, CallTable calls, ServerTransactions transactions, long tagSecret) {
        this.context = context;
        this.calls = calls;
        this.transactions = transactions;
        this.tagSecret = tagSecret;
    }

    void onRequest(byte[] bytes, int length, Endpoint source, long now) {
        var verdict = request.wrap(bytes, 0, length);
        if (verdict == Verdict.KEEP_ALIVE) {
            context.telemetry.count(Metric.KEEP_ALIVES);
            return;
        }
        if (verdict == Verdict.OK && request.toTagIsOurs() && isOfAnother(bytes, length, source)) {
            return;
        }
        context.sender.traceReceived(
                bytes, length, context.arrival, source, request.toTagIsOurs() ? request.toTagKey() : 0);
        if (verdict != Verdict.OK) {
            onMalformed(verdict, source);
            return;
        }
        context.telemetry.count(Metric.REQUESTS_RECEIVED);
        long transaction = request.transactionHash();
        switch (request.method()) {
            case ACK -> transactions.onAck(transaction);
            case INVITE -> answer(403, transaction, true, source, now);
            case OPTIONS -> answer(200, transaction, false, source, now);
            case BYE -> answer(isForLiveCall() ? 200 : 481, transaction, false, source, now);
            case CANCEL -> answer(cancelsRefused() ? 200 : 481, transaction, false, source, now);
            case PRACK, UPDATE, INFO, NOTIFY, SUBSCRIBE, REFER, MESSAGE, REGISTER, PUBLISH ->
                answer(405, transaction, false, source, now);
            case UNKNOWN -> answer(501, transaction, false, source, now);
        }
    }

    /// Whether it came to us and another agent has it now, or would have.
    private boolean isOfAnother(byte[] bytes, int length, Endpoint source) {
        int agent = CallKey.agent(request.toTagKey());
        return agent != context.agent
                && context.arrival == null
                && context.handOver.offer(agent, bytes, length, source, true);
    }

    private void answer(int status, long transaction, boolean invite, Endpoint source, long now) {
        if (transactions.repeat(transaction)) {
            return;
        }
        int length = write(status, transaction, source);
        if (length > 0) {
            context.sender.reply(out, length, context.arrival, destination);
            transactions.remember(transaction, invite, out, length, destination, now);
        }
    }

    /// Without a transaction, as §8.2.7 allows: what is malformed may not tell one.
    private void onMalformed(Verdict verdict, Endpoint source) {
        context.telemetry.count(Metric.MALFORMED_DROPPED);
        if (request.answerable()) {
            int length = write(verdict == Verdict.BAD_VERSION ? 505 : 400, 0, source);
            if (length > 0) {
                context.sender.reply(out, length, context.arrival, destination);
            }
        }
    }

    private int write(int status, long transaction, Endpoint source) {
        from.set(source.hi(), source.lo(), source.port());
        request.replyTo(from, replyTo);
        destination.set(replyTo.hi, replyTo.lo, replyTo.port);
        return writer.write(request, status, (transaction ^ tagSecret) * TAG_SALT, from, out);
    }

    private boolean isForLiveCall() {
        if (!request.toTagIsOurs()) {
            return false;
        }
        var slot = calls.find(request.toTagKey());
        return slot != null && slot.id.tagNonce == request.toTagNonce();
    }

    /// A CANCEL for an INVITE that we refused is answered 200 and has no further effect (§9.2).
    private boolean cancelsRefused() {
        return transactions.holdsInvite(request.inviteTransactionHash());
    }
}
