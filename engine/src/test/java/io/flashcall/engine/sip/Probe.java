package io.flashcall.engine.sip;

import io.flashcall.engine.sip.ResponseView.Verdict;

/// Asks the codec everything it can be asked about a datagram, and folds the answers into one number.
final class Probe {

    private final ResponseView response = new ResponseView();
    private final RequestView request = new RequestView();
    private final RequestTemplate template = new RequestTemplate(Messages.parts(Messages.EVERYTHING));
    private final ResponseWriter writer = new ResponseWriter();
    private final WireIdentity id = Messages.identity();
    private final HostPort hop = new HostPort();
    private final HostPort source = new HostPort(0, 0x0000_ffff_cb00_71c8L, 40_000);
    private final byte[] out = new byte[Messages.SPACE];
    private long answers;

    /// A hash of all answers, of every span's bytes and of everything encoded.
    long ask(byte[] in, int offset, int length) {
        answers = 0;
        Verdict verdict = response.wrap(in, offset, length);
        add(verdict.name().hashCode());
        askResponse();
        if (verdict == Verdict.OK) {
            add(template.ack(id, response, out), "ACK");
            add(template.prack(id, Messages.prack(7, 8), response, out), "PRACK");
            add(template.ackOfSuccess(id, 5, response, out), "ACK of a success");
            add(template.bye(id, Messages.bye(6), response, out), "BYE");
        }
        add(request.wrap(in, offset, length).name().hashCode());
        askRequest();
        add(writer.write(request, 200, 7, source, out), "answer");
        return answers;
    }

    private void askResponse() {
        add(response.status());
        add(response.method().name().hashCode());
        add(response.cseq());
        add(response.branchIsOurs() ? 1 : 0);
        add(response.branchKey());
        add(response.branchNonce());
        add(response.fromTagIsOurs() ? 1 : 0);
        add(response.fromTagKey());
        add(response.fromTagNonce());
        add(response.toTagHash());
        add(response.q850Cause());
        add(response.sipReasonCause());
        add(response.retryAfterSeconds());
        add(response.hasSdp() ? 1 : 0);
        add(response.bytes(), response.to());
        add(response.bytes(), response.reasonPhrase());
        add(response.bytes(), response.reasonHeader());
        if (response.nextHop(hop)) {
            add(hop.hi ^ hop.lo ^ hop.port);
        }
    }

    private void askRequest() {
        add(request.method().name().hashCode());
        add(request.answerable() ? 1 : 0);
        add(request.hasToTag() ? 1 : 0);
        add(request.toTagIsOurs() ? 1 : 0);
        add(request.toTagKey());
        add(request.toTagNonce());
        add(request.transactionHash());
        add(request.inviteTransactionHash());
        add(request.cseq());
        add(request.maxForwards());
        add(request.hasRequire() ? 1 : 0);
        add(request.bytes(), request.requestUri());
        add(request.bytes(), request.from());
        add(request.bytes(), request.to());
        add(request.bytes(), request.callId());
        add(request.bytes(), request.cseqValue());
        for (int i = 0; i < request.viaCount() && i <= Limits.VIAS; i++) {
            add(request.bytes(), request.via(i));
        }
        request.replyTo(source, hop);
        add(hop.hi ^ hop.lo ^ hop.port);
    }

    private void add(long answer) {
        answers = answers * 31 + answer;
    }

    private void add(byte[] bytes, Span span) {
        for (int i = span.offset; i < span.end(); i++) {
            add(bytes[i]);
        }
    }

    /// Adds what was encoded, after a look at it: one header section, whole lines, nothing smuggled in.
    private void add(int length, String what) {
        add(length);
        int lineEnds = 0;
        for (int i = 0; i < length; i++) {
            byte b = out[i];
            add(b);
            boolean crlf = b == '\r' && out[i + 1] == '\n';
            boolean good = b != 0 && (b != '\r' || crlf) && (b != '\n' || (i > 0 && out[i - 1] == '\r'));
            boolean blankTooEarly = crlf && i > 1 && out[i - 1] == '\n' && i + 2 < length;
            if (!good || blankTooEarly) {
                throw new AssertionError(
                        what + ": a stray byte " + b + " at " + i + " of\n" + CorpusMessage.escaped(out, 0, length));
            }
            lineEnds += crlf ? 1 : 0;
        }
        if (length >= 0 && (lineEnds < 7 || out[length - 1] != '\n')) {
            throw new AssertionError(what + ": not a message:\n" + CorpusMessage.escaped(out, 0, length));
        }
    }
}
