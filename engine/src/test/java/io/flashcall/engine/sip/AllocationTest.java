package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing is allocated between received bytes and state machine, nor between state machine and bytes to send.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AllocationTest {

    private static final int WARM_UP = 5_000;
    private static final int ROUNDS = 5;
    private static final int CALLS = 10_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// One call of one method; the result keeps the compiler from dropping it.
    private interface Operation {
        long run();
    }

    private static final String FULL =
            Messages.RINGING.replace("180 Ringing", "200 OK").replace("Content-Length: 0\n\n", """
                    Reason: SIP;cause=200;text="x", Q.850 ;cause=16
                    Retry-After: 30 (soon);duration=60
                    Record-Route: <sip:192.0.2.1;lr>, "b" <sip:192.0.2.2;lr>
                    Record-Route: <sip:p@[2001:db8::3]:5066;method=x>
                    Contact: "Gate" <sip:gw@203.0.113.9:5062>;q=1
                    Content-Type: application/sdp

                    v=0
                    """);

    private static final Map<String, Operation> OPERATIONS = operations();

    static Iterable<String> everyOperation() {
        return OPERATIONS.keySet();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void nothing_is_allocated_by(String name) {
        Operation operation = Messages.of(OPERATIONS, name);
        long sink = repeat(operation, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            sink += repeat(operation, CALLS);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated by %d calls of %s", CALLS, name).isZero();
        assertThat(sink).as("results, so that no call can be left out").isNotEqualTo(Long.MIN_VALUE);
    }

    private static long repeat(Operation operation, int times) {
        long sink = 0;
        for (int i = 0; i < times; i++) {
            sink += operation.run();
        }
        return sink;
    }

    private static Map<String, Operation> operations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        addResponseView(all);
        addRequestView(all);
        addEncoders(all);
        byte[] out = new byte[64];
        long number = Digits.pack("442079460123");
        NumberFormat national = NumberFormat.national("44", "0", "00");
        all.put("Digits.write", () -> Digits.write(number, out, 0));
        all.put("NumberFormat.write", () -> national.write(number, out, 0));
        return all;
    }

    private static void addResponseView(Map<String, Operation> all) {
        byte[] ok = Messages.wire(FULL);
        byte[] bad = Messages.wire(FULL.replace("To: ", "To: \""));
        var view = Messages.response(FULL);
        var scratch = new ResponseView();
        var hop = new HostPort();
        all.put("ResponseView.wrap", () -> scratch.wrap(ok, 0, ok.length) == ResponseView.Verdict.OK ? 1 : 0);
        all.put(
                "ResponseView.wrap of garbage",
                () -> scratch.wrap(bad, 0, bad.length) == ResponseView.Verdict.OK ? 1 : 0);
        all.put("ResponseView.wrap of a keep-alive", () -> scratch.wrap(bad, 0, 0) == ResponseView.Verdict.OK ? 1 : 0);
        all.put("ResponseView.method", () -> view.method() == Method.INVITE ? 1 : 0);
        all.put("ResponseView.branch", () -> view.branchKey() + view.branchNonce() + (view.branchIsOurs() ? 1 : 0));
        all.put("ResponseView.fromTag", () -> view.fromTagKey() + view.fromTagNonce() + (view.fromTagIsOurs() ? 1 : 0));
        all.put("ResponseView.toTagHash", view::toTagHash);
        all.put("ResponseView.status, cseq", () -> view.status() + view.cseq());
        all.put("ResponseView.q850Cause", view::q850Cause);
        all.put("ResponseView.sipReasonCause", view::sipReasonCause);
        all.put("ResponseView.retryAfterSeconds", view::retryAfterSeconds);
        all.put("ResponseView.spans", () -> view.to().length + view.reasonPhrase().length + view.reasonHeader().length);
        all.put("ResponseView.hasSdp", () -> view.hasSdp() ? 1 : 0);
        all.put("ResponseView.nextHop", () -> view.nextHop(hop) ? hop.lo : 0);
    }

    private static void addRequestView(Map<String, Operation> all) {
        byte[] options = Messages.wire(Messages.OPTIONS);
        byte[] bad = Messages.wire(Messages.OPTIONS.replace("To: ", "To "));
        var view = Messages.request(Messages.OPTIONS);
        var old = Messages.request(Messages.OPTIONS.replace("z9hG4bK", ""));
        var scratch = new RequestView();
        var source = new HostPort(1, 2, 3);
        var hop = new HostPort();
        all.put("RequestView.wrap", () -> scratch.wrap(options, 0, options.length) == ResponseView.Verdict.OK ? 1 : 0);
        all.put(
                "RequestView.wrap of garbage",
                () -> scratch.wrap(bad, 0, bad.length) == ResponseView.Verdict.OK ? 1 : 0);
        all.put("RequestView.transactionHash", view::transactionHash);
        all.put("RequestView.inviteTransactionHash", view::inviteTransactionHash);
        all.put("RequestView.transactionHash of RFC 2543", old::transactionHash);
        all.put("RequestView.toTag", () -> view.toTagKey() + view.toTagNonce() + (view.toTagIsOurs() ? 1 : 0));
        all.put(
                "RequestView.flags",
                () -> (view.answerable() ? 1 : 0) + (view.hasRequire() ? 1 : 0) + (view.hasToTag() ? 1 : 0));
        all.put("RequestView.numbers", () -> view.cseq() + view.maxForwards() + view.viaCount());
        all.put("RequestView.spans", () -> view.requestUri().length + view.from().length + view.to().length);
        all.put("RequestView.more spans", () -> view.callId().length + view.cseqValue().length + view.via(0).length);
        all.put("RequestView.replyTo", () -> {
            view.replyTo(source, hop);
            return hop.port;
        });
    }

    private static void addEncoders(Map<String, Operation> all) {
        var template = new RequestTemplate(Messages.parts(Messages.EVERYTHING));
        var id = Messages.identity();
        var copy = new WireIdentity();
        var response = Messages.response(FULL);
        var request = Messages.request(Messages.OPTIONS);
        var writer = new ResponseWriter();
        var source = new HostPort(0x2001_0db8_0000_0000L, 1, 5060);
        byte[] out = new byte[Messages.SPACE];
        all.put("RequestTemplate.invite", () -> template.invite(id, out));
        all.put("RequestTemplate.cancel", () -> template.cancel(id, out));
        all.put("RequestTemplate.ack", () -> template.ack(id, response, out));
        all.put("RequestTemplate.ackOfSuccess", () -> template.ackOfSuccess(id, 5, response, out));
        var bye = Messages.bye(6);
        var prack = Messages.prack(7, 8);
        all.put("RequestTemplate.bye", () -> template.bye(id, bye, response, out));
        all.put("RequestTemplate.prack", () -> template.prack(id, prack, response, out));
        all.put("RequestTemplate.inviteUri", () -> template.inviteUri(id, out));
        all.put("RequestTemplate.dialogUri", () -> template.dialogUri(id, response, out));
        all.put("RequestTemplate.options", () -> template.options(id, out));
        all.put("ResponseWriter.write", () -> writer.write(request, 200, 7, source, out));
        all.put("WireIdentity.copyFrom", () -> {
            copy.copyFrom(id);
            return copy.key;
        });
    }
}
