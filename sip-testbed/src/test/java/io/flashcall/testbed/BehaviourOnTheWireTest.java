package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each behaviour as a caller meets it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BehaviourOnTheWireTest {

    private static final CarrierTimers QUICK = CarrierTimers.withT1(Duration.ofMillis(20));

    private static Carrier carrier(String behaviour) {
        return Carrier.start(CarrierConfig.loopback(behaviour).withTimers(QUICK));
    }

    /// The responses to an INVITE, each once, until `last` has come.
    private static List<Integer> until(int last, RawCaller caller) {
        List<Integer> seen = new ArrayList<>();
        while (!seen.contains(last)) {
            int status = caller.next().status();
            if (!seen.contains(status)) {
                seen.add(status);
            }
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "early-media-then-ring:pdd=1ms,after=5ms | 100, 183, 180 | 180",
                "ring-then-answer:pdd=1ms,answer=5ms | 100, 180, 200 | 200",
                "answer-at-once | 200 | 200",
                "busy:1ms | 100, 486 | 486",
                "decline-while-ringing:pdd=1ms,after=5ms | 100, 180, 603 | 603",
                "status-480:pdd=1ms | 100, 480 | 480",
                "status-503:pdd=1ms,ringing=5ms | 100, 180, 503 | 503",
                "status-181:1ms | 100, 181 | 181",
                "huge-headers:of=busy,pdd=1ms | 100, 486 | 486",
                "other-port:of=busy,pdd=1ms | 100, 486 | 486",
                "trying-only | 100 | 100",
                "voicemail:pdd=1ms,answer=5ms | 100, 181, 200 | 200",
                "network-blocked:1ms | 100, 603 | 603",
            })
    void it_answers_with_its_responses_in_order(String behaviour, String statuses, int last) {
        try (Carrier carrier = carrier(behaviour);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            assertThat(until(last, caller).toString()).isEqualTo("[" + statuses + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ring:1ms",
                "early-media-only:1ms",
                "early-media-then-ring:1ms",
                "trying-only",
                "fork-two-ring:1ms",
                "other-port:pdd=1ms",
                "huge-headers:pdd=1ms"
            })
    void a_CANCEL_while_it_is_pending_brings_200_and_487(String behaviour) {
        try (Carrier carrier = carrier(behaviour);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(100);
            caller.cancel();
            assertThat(caller.await(200).cseqMethod()).isEqualTo("CANCEL");
            caller.ackFailure(caller.await(487));
            await().until(() -> carrier.counters().calls().open() == 0);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void early_media_has_SDP_and_ringing_has_none() {
        try (Carrier carrier = carrier("early-media-then-ring:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            assertThat(caller.await(183).body()).startsWith("v=0\r\n");
            assertThat(caller.await(180).body()).isEmpty();
        }
    }

    @Test
    void a_status_tells_its_cause_and_when_to_come_back() {
        try (Carrier carrier = carrier("status-503:pdd=1ms,reason=42,retry-after=30");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage refused = caller.await(503);
            assertThat(refused.headerOrEmpty(HeaderName.REASON)).startsWith("Q.850;cause=42;");
            assertThat(refused.text()).contains("Retry-After: 30\r\n");
        }
    }

    @Test
    void two_forks_ring_with_a_tag_each() {
        try (Carrier carrier = carrier("fork-two-ring:pdd=1ms,gap=1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            assertThat(caller.await(180).toTag()).isNotEqualTo(caller.await(180).toTag());
        }
    }

    @Test
    void two_forks_answer_and_each_stays_up_until_its_own_BYE() {
        try (Carrier carrier = carrier("fork-two-answer:pdd=1ms,answer=1ms,gap=1ms,routes=1");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage first = caller.await(200);
            caller.inDialog("ACK", 1, first);
            SipMessage second = caller.await(200);
            assertThat(second.toTag()).isNotEqualTo(first.toTag());
            assertThat(second.headerOrEmpty(HeaderName.CONTACT)).isNotEqualTo(first.headerOrEmpty(HeaderName.CONTACT));
            caller.inDialog("ACK", 1, second);
            caller.inDialog("BYE", 2, first);
            await().until(() -> carrier.counters().calls().up() == 1);
            caller.inDialog("BYE", 2, second);
            await().until(() -> carrier.counters().calls().up() == 0);
            assertThat(carrier.counters().calls().open()).isZero();
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void no_487_accepts_the_CANCEL_and_leaves_it_at_that() {
        try (Carrier carrier = carrier("no-487:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            assertThat(caller.next().status()).isEqualTo(200);
            assertThat(caller.poll(100)).isEmpty();
            await().until(() -> carrier.counters().calls().open() == 0);
        }
    }

    @Test
    void no_cancel_answer_says_nothing_to_a_CANCEL() {
        try (Carrier carrier = carrier("no-cancel-answer:1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            assertThat(caller.poll(100)).isEmpty();
            assertThat(carrier.counters().requests().cancels()).isEqualTo(1);
        }
    }

    @Test
    void other_port_answers_from_another_port() {
        try (Carrier carrier = carrier("other-port:pdd=1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            assertThat(caller.lastSource()).isNotEqualTo(carrier.address().getPort());
        }
    }

    @Test
    void huge_headers_are_huge_folded_compact_and_still_the_same_response() {
        try (Carrier carrier = carrier("huge-headers:size=6000,pdd=1ms");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            SipMessage ringing = caller.await(180);
            assertThat(ringing.text().length()).isGreaterThan(6000);
            assertThat(ringing.text()).contains("\r\n  ; ").doesNotContain("Call-ID: call");
            assertThat(ringing.branch()).isEqualTo(RawCaller.BRANCH);
            assertThat(ringing.callId()).isEqualTo(caller.callId());
            assertThat(ringing.cseqNumber()).isEqualTo(1);
            assertThat(ringing.cseqMethod()).isEqualTo("INVITE");
            assertThat(ringing.toTag()).isPresent();
        }
    }

    @Test
    void the_number_chooses() {
        try (Carrier carrier = carrier("by-number");
                RawCaller busy = new RawCaller(carrier.address()).to("+442079460486");
                RawCaller reflected = new RawCaller(carrier.address()).to("+442079460017")) {
            busy.invite();
            busy.await(486);
            reflected.invite();
            assertThat(reflected.await(180).toTag()).contains("reflect");
            reflected.cancel();
            reflected.ackFailure(reflected.await(487));
            await().until(() -> carrier.counters().requests().acks() == 1);
            assertThat(carrier.counters().traffic().unexpected()).isZero();
        }
    }

    @Test
    void a_lossy_line_does_the_same_again_with_the_same_seed() {
        assertThat(fates(7)).isEqualTo(fates(7)).isNotEqualTo(fates(8));
        assertThat(fates(7)).anyMatch(fate -> fate.size() < 2).anyMatch(fate -> fate.size() > 2);
    }

    /// What each of 40 calls in turn hears of 100 and 180. All callers stay open until the last has called: on a port
    /// used before, an INVITE would be a retransmission to the carrier, and no call of its own.
    private static List<List<Integer>> fates(long seed) {
        String behaviour = "lossy:drop=0.3,duplicate=0.3,reorder=0,delay=0,pdd=0ms";
        List<RawCaller> callers = new ArrayList<>();
        try (Carrier carrier =
                Carrier.start(CarrierConfig.loopback(behaviour).withSeed(seed).withTimers(QUICK))) {
            for (int i = 0; i < 40; i++) {
                callers.add(new RawCaller(carrier.address()));
            }
            return callers.stream().map(caller -> fate(carrier, caller)).toList();
        } finally {
            callers.forEach(RawCaller::close);
        }
    }

    private static List<Integer> fate(Carrier carrier, RawCaller caller) {
        try (RawCaller probe = new RawCaller(carrier.address())) {
            caller.invite();
            // The carrier answers in order, so its answer to the OPTIONS says that all before it has been sent. On a
            // busy machine the kernel may still be about to deliver it.
            probe.send(probe.request("OPTIONS", probe.requestUri(), "z9hG4bKprobe", 1, "") + "\r\n");
            probe.await(200);
            List<Integer> heard = new ArrayList<>();
            for (var response = caller.poll(10); response.isPresent(); response = caller.poll(10)) {
                heard.add(response.get().status());
            }
            return heard;
        }
    }

    @Test
    void a_handset_sees_who_rings_and_when_it_stops() {
        List<String> seen = new CopyOnWriteArrayList<>();
        RingListener handset = new RingListener() {
            @Override
            public void onRinging(String called, String caller) {
                seen.add(called + " shows " + caller);
            }

            @Override
            public void onRingStopped(String called, String caller) {
                seen.add(called + " is quiet");
            }
        };
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:1ms").withRings(handset));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            caller.await(487);
            assertThat(seen).containsExactly("+442079460123 shows +12025550123", "+442079460123 is quiet");
        }
    }

    @Test
    void a_trace_shows_each_message() {
        List<TraceLine> lines = new CopyOnWriteArrayList<>();
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("busy:1ms").withTrace(lines::add));
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.invite();
            caller.ackFailure(caller.await(486));
            await().until(() -> lines.size() == 4);
            assertThat(lines)
                    .extracting(TraceLine::startLine)
                    .containsExactly(
                            "INVITE " + caller.requestUri() + " SIP/2.0",
                            "SIP/2.0 100 Trying",
                            "SIP/2.0 486 Busy Here",
                            "ACK " + caller.requestUri() + " SIP/2.0");
        }
    }
}
