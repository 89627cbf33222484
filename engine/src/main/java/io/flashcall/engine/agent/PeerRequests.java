package io.flashcall.engine.agent;

import io.flashcall.engine.sip.HostPort;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.RequestView;
import io.flashcall.engine.sip.ResponseMore;
import io.flashcall.engine.sip.ResponseView.Verdict;
import io.flashcall.engine.sip.ResponseWriter;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;

/// Answers what a trunk asks of us, by RFC 3261 §8.2 and §17.2: OPTIONS 200, an INVITE 403, what belongs to a live
/// call as [DialogRequests] says, what should and does not 481, an extension that we do not know 420, another method
/// 405 or 501, a malformed request 400 where it can be answered.
final class PeerRequests {

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final long TAG_SALT = 0x9E37_79B9_7F4A_7C15L;

    private final AgentContext context;
    private final DialogRequests dialogs;
    private final ServerTransactions transactions;
    private final long tagSecret;
    private final RequestView request = new RequestView();
    private final ResponseWriter writer = new ResponseWriter();
    private final ResponseMore more = new ResponseMore();
    private final HostPort from = new HostPort();
    private final HostPort replyTo = new HostPort();
    private final Endpoint destination = new Endpoint();
    private final byte[] out = new byte[LARGEST_DATAGRAM];

    /// @param tagSecret makes To tags that are the same for a repeated request, and unlike another agent's
    PeerRequests(AgentContext context, CallTable calls, ServerTransactions transactions, long tagSecret) {
        this.context = context;
        dialogs = new DialogRequests(calls);
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
        if (request.method() == Method.ACK) {
            transactions.onAck(transaction);
        } else if (!transactions.repeat(transaction)) {
            answer(transaction, source, now);
        }
    }

    /// Whether it came to us and another agent has it now, or would have.
    private boolean isOfAnother(byte[] bytes, int length, Endpoint source) {
        int agent = CallKey.agent(request.toTagKey());
        return agent != context.agent
                && context.arrival == null
                && context.handOver.offer(agent, bytes, length, source, true);
    }

    private void answer(long transaction, Endpoint source, long now) {
        more.clear();
        int length = write(status(source), transaction, source);
        if (length > 0) {
            boolean invite = request.method() == Method.INVITE;
            context.sender.reply(out, length, context.arrival, destination);
            transactions.remember(transaction, invite, out, length, destination, now);
        }
    }

    private int status(Endpoint source) {
        return switch (request.method()) {
            case INVITE -> dialogs.onInvite(request, source);
            case OPTIONS -> demandsMore() ? 420 : 200;
            case BYE -> dialogs.onBye(request, source);
            case CANCEL -> cancelsRefused() ? 200 : 481;
            case UPDATE -> demandsMore() ? 420 : dialogs.onUpdate(request, source, more);
            case INFO -> demandsMore() ? 420 : dialogs.onInfo(request, source, more);
            // We have subscribed to nothing (RFC 6665 §4.1.3), and sent nothing reliably (RFC 3262 §3).
            case NOTIFY, PRACK -> 481;
            case ACK, SUBSCRIBE, REFER, MESSAGE, REGISTER, PUBLISH -> 405;
            case UNKNOWN -> 501;
        };
    }

    /// Whether the sender insists on an extension; we know none that a request to us could need (RFC 3261 §8.2.2.3).
    private boolean demandsMore() {
        request.unsupported(more.headers);
        return request.hasRequire();
    }

    /// Without a transaction, as §8.2.7 allows: what is malformed may not tell one.
    private void onMalformed(Verdict verdict, Endpoint source) {
        context.telemetry.count(Metric.MALFORMED_DROPPED);
        more.clear();
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
        return writer.write(request, status, (transaction ^ tagSecret) * TAG_SALT, from, more, out);
    }

    /// A CANCEL for an INVITE that we refused is answered 200 and has no further effect (§9.2).
    private boolean cancelsRefused() {
        return transactions.holdsInvite(request.inviteTransactionHash());
    }
}
