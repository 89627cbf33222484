package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.required;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.agent.CallPlan.Wire;
import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.capture.Capture;
import io.flashcall.engine.capture.RecentLadders;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.transport.IoCounters;
import io.flashcall.engine.trunk.Trunk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From received bytes through the state machines to bytes to send, nothing is allocated: whole calls, with the
/// wheel, the tables of ended calls and the events, and all that one may throw at a user agent.
///
/// Tables grow and rooms are made in the first rounds; then there must be a round that allocates nothing.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ZeroAllocationTest {

    private static final int A_ROUND = 1_000;
    private static final int MOST_ROUNDS = 40;
    private static final long RING = 10_000_000L;
    private static final long SETUP = 12_000_000_000L;
    private static final long LONGER_THAN_ALL_ROUNDS = 3_600_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FarEnd far = new FarEnd();
    private final List<Trunk> trunks;
    private final EngineConfig config = AgentFixture.config(64, SipTimers.STANDARD);
    private CallPlan plan;
    private Endpoint carrier = AgentFixture.CARRIER;
    private UserAgent agent;
    private CallTable calls;
    private AgentContext context;
    private long now = 1_000_000_000_000L;
    private long made;

    ZeroAllocationTest() throws IOException {
        trunks = AgentFixture.trunks(config);
        var assembly = assembly(TraceListener.NONE);
        agent = assembly.agent();
        calls = assembly.calls();
        context = assembly.context();
        plan = planOf(trunks.getFirst());
    }

    private CallPlan planOf(Trunk trunk) {
        var wire = new Wire(Digits.pack("12025550123"), Digits.pack("442079460123"), 0x1234L, 0x5678L);
        var terms = new CallTerms(trunk.ringRule(), trunk.refusals(), RING, SETUP, SETUP);
        return new CallPlan(trunk, "a reference", wire, terms, now);
    }

    private AgentFactory.Assembly assembly(TraceListener trace) throws IOException {
        return new AgentFactory(config, trunks, AgentFixture.anySource(trunks), trace)
                .assemble(0, far, new HandStreams(), now, () -> {});
    }

    @Test
    void a_call_that_is_captured_by_all_means(@TempDir Path directory) throws IOException {
        var hep = new CaptureConfig.Hep("127.0.0.1", 9, 1, "key", 1.0);
        var pcap = new CaptureConfig.Pcap(directory, "carrier", 1 << 20, 2);
        try (var capture = Capture.start(new CaptureConfig(Optional.of(hep), Optional.of(pcap), 0));
                var ladders = RecentLadders.start(1 << 20)) {
            var assembly = assembly(capture.besides(ladders));
            agent = assembly.agent();
            calls = assembly.calls();
            context = assembly.context();
            assertThat(leastBytesOfARound(this::ring)).isZero();
            assertThat(leastBytesOfARound(this::answer)).isZero();
            assertThat(capture.counters()).containsOnlyKeys("hep", "pcap");
            assertThat(capture.counters().values())
                    .allSatisfy(
                            each -> assertThat(each.captured() + each.dropped()).isPositive());
        }
    }

    @Test
    void a_call_that_rings_from_INVITE_to_ACK() {
        assertThat(leastBytesOfARound(this::ring)).isZero();
        assertThat(context.telemetry.get(Metric.CALLS_ENDED)).isEqualTo(made).isPositive();
        assertThat(far.acks).isEqualTo(made);
        assertThat(context.telemetry.get(Metric.RESPONSES_MATCHED)).isEqualTo(4 * made);
    }

    /// The challenge itself may cost something: it comes once in many calls.
    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void a_call_that_shows_its_credentials_unasked(String algorithm) {
        plan = planOf(trunks.get(AgentFixture.KNOWN_TRUNK));
        carrier = AgentFixture.KNOWN;
        place();
        far.more = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=" + algorithm + "\r\n";
        deliver(far.answer("401 Unauthorized"));
        far.more = "";
        deliver(far.answer("486 Busy Here"));
        assertThat(leastBytesOfARound(this::ring)).isZero();
        assertThat(context.telemetry.get(Metric.CHALLENGES)).isOne();
        assertThat(context.telemetry.get(Metric.CALLS_ENDED)).isEqualTo(made).isGreaterThan(A_ROUND);
        place();
        assertThat(far.indexOf("\r\nAuthorization: Digest username=", 0)).isPositive();
    }

    @Test
    void a_call_that_is_signed(@TempDir Path directory) throws IOException {
        var signer = new IdentitySigner(StirFiles.newKey(directory.resolve("key.pem")));
        trunks.getFirst().identity().use(Optional.of(signer));
        var signed = plan.signed(now).signature();
        var lasting = new CallSignature(signed.lines(), now + LONGER_THAN_ALL_ROUNDS);
        plan = new CallPlan(plan.trunk(), plan.reference(), plan.numbers(), plan.terms(), now, lasting);
        assertThat(leastBytesOfARound(this::ring)).isZero();
        assertThat(far.signed).isEqualTo(made).isPositive();
        assertThat(context.telemetry.get(Metric.RESPONSES_MATCHED)).isEqualTo(4 * made);
        assertThat(context.telemetry.get(Metric.SIGNATURES_RENEWED)).isZero();
    }

    @Test
    void a_call_that_is_answered_with_its_ACK_and_BYE() {
        assertThat(leastBytesOfARound(this::answer)).isZero();
        assertThat(context.telemetry.get(Metric.ANSWERS_RELEASED))
                .isEqualTo(made)
                .isPositive();
        assertThat(calls.live()).isZero();
    }

    @Test
    void a_final_that_comes_again_and_its_ACK() {
        ring();
        assertThat(leastBytesOfARound(() -> {
                    deliver(far.answer("487 Request Terminated"));
                    passes(1_000_000);
                }))
                .isZero();
        assertThat(context.telemetry.get(Metric.FINALS_REPEATED)).isGreaterThanOrEqualTo(A_ROUND);
    }

    @Test
    void a_response_that_belongs_to_no_call() {
        ring();
        far.spoilBranch();
        int length = far.answer("180 Ringing");
        assertThat(leastBytesOfARound(() -> deliver(length))).isZero();
        assertThat(context.telemetry.get(Metric.RESPONSES_UNMATCHED)).isGreaterThanOrEqualTo(A_ROUND);
    }

    @Test
    void an_ICMP_error_that_is_no_news() {
        place();
        byte[] quoted = Arrays.copyOf(far.request, 520);
        deliver(far.answer("100 Trying"));
        assertThat(leastBytesOfARound(() -> {
                    agent.beginCycle(now);
                    agent.onUndelivered(quoted, quoted.length, AgentFixture.CARRIER);
                    endCycle();
                }))
                .isZero();
        assertThat(context.telemetry.get(Metric.ICMP_UNMATCHED)).isGreaterThanOrEqualTo(A_ROUND);
    }

    @Test
    void a_datagram_from_a_stranger() {
        ring();
        int length = far.answer("180 Ringing");
        assertThat(leastBytesOfARound(() -> deliver(far.response, length, AgentFixture.STRANGER)))
                .isZero();
        assertThat(context.telemetry.get(Metric.STRANGERS_DROPPED)).isGreaterThanOrEqualTo(A_ROUND);
    }

    @Test
    void malformed_responses_and_requests_that_are_answered_400() {
        byte[] response = bytes("SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP h\r\n\r\n");
        byte[] request =
                bytes(PeerRequestsTest.request("OPTIONS", "z9hG4bKa", 1).replace("Forwards: 70", "Forwards: x"));
        byte[] garbage = {0x16, 0x03, 0x01, 0x00, (byte) 0xff, 'x', '\r', '\n', '\r', '\n'};
        assertThat(leastBytesOfARound(() -> {
                    deliver(response, response.length, AgentFixture.CARRIER);
                    deliver(request, request.length, AgentFixture.CARRIER);
                    deliver(garbage, garbage.length, AgentFixture.CARRIER);
                }))
                .isZero();
        assertThat(context.telemetry.get(Metric.MALFORMED_DROPPED)).isGreaterThanOrEqualTo(3 * A_ROUND);
    }

    @Test
    void requests_and_their_answers() {
        byte[] options = bytes(PeerRequestsTest.request("OPTIONS", "z9hG4bK00000000", 1));
        byte[] invite = bytes(PeerRequestsTest.request("INVITE", "z9hG4bK00000000", 1));
        int at = new String(options, StandardCharsets.US_ASCII).indexOf("z9hG4bK") + 7;
        assertThat(leastBytesOfARound(() -> {
                    for (int digit = 0, rest = (int) made++; digit < 8; digit++, rest /= 10) {
                        options[at + digit] = (byte) ('0' + rest % 10);
                        invite[at - 1 + digit] = options[at + digit];
                    }
                    deliver(options, options.length, AgentFixture.CARRIER);
                    deliver(invite, invite.length, AgentFixture.CARRIER);
                    passes(100_000_000);
                }))
                .isZero();
        assertThat(context.telemetry.get(Metric.REQUESTS_RECEIVED)).isEqualTo(2 * made);
    }

    @Test
    void the_meter_sees_what_is_allocated() {
        assertThat(leastBytesOfARound(() -> far.response = new byte[16])).isGreaterThanOrEqualTo(32L * A_ROUND);
    }

    private long leastBytesOfARound(Runnable play) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < A_ROUND; i++) {
                play.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void ring() {
        place();
        deliver(far.answer("100 Trying"));
        deliver(far.answer("180 Ringing"));
        passes(RING + 2_000_000);
        deliver(far.answer("200 OK"));
        far.asIfOfTheInvite();
        deliver(far.answer("487 Request Terminated"));
    }

    private void answer() {
        place();
        deliver(far.answer("180 Ringing"));
        passes(2_000_000);
        deliver(far.answer("200 OK"));
        deliver(far.answer("200 OK"));
        passes(2_000_000);
    }

    private void place() {
        if (!context.events.reserve() || !plan.trunk().acquireChannel()) {
            throw new AssertionError("no room for a call");
        }
        var slot = required(calls.acquire());
        slot.prepare(plan, calls.nextKey(slot));
        agent.beginCycle(now);
        agent.run(slot);
        endCycle();
        made++;
    }

    private void deliver(int length) {
        deliver(far.response, length, carrier);
    }

    private void deliver(byte[] bytes, int length, Endpoint source) {
        agent.beginCycle(now);
        agent.onDatagram(bytes, length, source);
        endCycle();
    }

    private void passes(long nanos) {
        long until = now + nanos;
        while (agent.nextTickAt() <= until) {
            now = agent.nextTickAt();
            agent.beginCycle(now);
            endCycle();
        }
        now = until;
    }

    /// As the consumer's thread does, but for making the events.
    private void endCycle() {
        agent.endCycle();
        for (var cell = context.events.poll(); cell != null; cell = context.events.poll()) {
            context.events.recycle(cell);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Answers the last request that was sent, byte by byte. Its first send of a call is the INVITE.
    private static final class FarEnd implements DatagramIo {

        private static final byte[] VERSION = bytes("SIP/2.0 ");
        private static final byte[] TAG = bytes(";tag=callee");
        private static final byte[] LINE_END = bytes("\r\n");
        private static final byte[] END = bytes("Content-Length: 0\r\n\r\n");
        private static final String[] COPIED = {"Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: "};

        private final byte[] request = new byte[2_000];
        private byte[] response = new byte[2_000];
        private String more = "";
        private int requestLength;
        private int at;
        private long acks;
        private long signed;

        @Override
        public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
            if (bytes[offset] == 'A') {
                acks++;
                return;
            }
            if (bytes[offset] == 'S') {
                return;
            }
            System.arraycopy(bytes, offset, request, 0, length);
            requestLength = length;
            if (bytes[offset] == 'I' && indexOf("\r\nIdentity: ", 0) > 0) {
                signed++;
            }
        }

        /// The last request becomes the INVITE of its transaction: CANCEL differs from it in the method alone.
        void asIfOfTheInvite() {
            int method = indexOf("CSeq: ", 0) + "CSeq: 1 ".length();
            for (int i = 0; i < 6; i++) {
                request[method + i] = (byte) "INVITE".charAt(i);
            }
        }

        void spoilBranch() {
            request[indexOf(";rport", 0) - 1] ^= 1;
        }

        /// Writes into [#response], with `more` as the last lines of the header.
        ///
        /// @return its length
        int answer(String status) {
            at = 0;
            copy(VERSION, 0, VERSION.length);
            for (int i = 0; i < status.length(); i++) {
                response[at++] = (byte) status.charAt(i);
            }
            copy(LINE_END, 0, 2);
            for (String name : COPIED) {
                int from = indexOf(name, 0);
                int to = indexOf("\r\n", from);
                copy(request, from, to);
                if (name.charAt(0) == 'T' && !endsWithTag(from, to)) {
                    copy(TAG, 0, TAG.length);
                }
                copy(LINE_END, 0, 2);
            }
            for (int i = 0; i < more.length(); i++) {
                response[at++] = (byte) more.charAt(i);
            }
            copy(END, 0, END.length);
            return at;
        }

        private boolean endsWithTag(int from, int to) {
            int tag = indexOf(";tag=", from);
            return tag >= 0 && tag < to;
        }

        private void copy(byte[] from, int start, int end) {
            System.arraycopy(from, start, response, at, end - start);
            at += end - start;
        }

        private int indexOf(String text, int from) {
            for (int i = from; i <= requestLength - text.length(); i++) {
                int matched = 0;
                while (matched < text.length() && request[i + matched] == text.charAt(matched)) {
                    matched++;
                }
                if (matched == text.length()) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public void flush() {}

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress("192.0.2.10", 5060);
        }

        @Override
        public IoCounters counters() {
            return IoCounters.NONE;
        }

        @Override
        public void close() {}
    }
}
