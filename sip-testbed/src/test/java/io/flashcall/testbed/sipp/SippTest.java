package io.flashcall.testbed.sipp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierCounters;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.RawCaller;
import io.flashcall.testbed.jain.CalleeOptions;
import io.flashcall.testbed.jain.CalleeOptions.Answering;
import io.flashcall.testbed.jain.JainCallee;
import io.flashcall.testbed.jain.Stack;
import io.flashcall.testbed.wire.SipMessage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our scenarios, our carrier and both stacks against the real SIPp. Without it these fail, and name the package.
@Tag("sipp")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {"ring:5ms", "early-media-then-ring:pdd=5ms,after=5ms", "fork-two-ring:pdd=5ms,gap=1s", "reflect"
            })
    void SIPp_places_flash_calls_to_our_carrier(String behaviour) throws InterruptedException {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback(behaviour));
                Sipp caller = Sipp.caller("uac-flash-call", carrier.address(), 400, 400, "-d", "100")) {
            SippResult result = caller.await(SOON);
            assertThat(result).as(caller::errors).isEqualTo(new SippResult(0, 400, 400, 0, 0, 0));
            await().until(() -> carrier.counters().requests().acks() == 400);
            assertThat(carrier.counters().requests().cancels()).isEqualTo(400);
            assertThat(carrier.counters().calls().open()).isZero();
            assertThat(carrier.counters().traffic().unexpected()).isZero();
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void SIPp_places_flash_calls_over_TCP() throws InterruptedException {
        CarrierConfig config = CarrierConfig.loopback("ring:5ms").withTerms(CarrierTerms.NONE.withTcp());
        try (Carrier carrier = Carrier.start(config);
                Sipp caller = Sipp.caller("uac-flash-call", carrier.address(), 400, 400, "-d", "100", "-t", "t1")) {
            SippResult result = caller.await(SOON);
            assertThat(result).as(caller::errors).isEqualTo(new SippResult(0, 400, 400, 0, 0, 0));
            await().until(() -> carrier.counters().requests().acks() == 400);
            assertThat(carrier.counters().streams().opened()).isEqualTo(1);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void SIPp_acknowledges_the_reliable_180_of_our_carrier() throws InterruptedException {
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:5ms,100rel=required"));
                Sipp caller = Sipp.caller("uac-flash-call-prack", carrier.address(), 100, 100, "-d", "100")) {
            SippResult result = caller.await(SOON);
            assertThat(result).as(caller::errors).isEqualTo(new SippResult(0, 100, 100, 0, 0, 0));
            await().until(() -> carrier.counters().requests().acks() == 100);
            assertThat(carrier.counters().early().pracks()).isEqualTo(100);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    /// MD5 only: SIPp 3.6.1 knows no other for `[authentication]`.
    @Test
    void SIPp_answers_the_challenges_of_our_carrier() throws InterruptedException {
        CarrierTerms terms = CarrierTerms.NONE.withDigest("user=alice,password=wonderland");
        try (Carrier carrier = Carrier.start(CarrierConfig.loopback("ring:5ms").withTerms(terms));
                Sipp caller = Sipp.caller("uac-flash-call-digest", carrier.address(), 100, 100, digest(carrier))) {
            SippResult result = caller.await(SOON);
            assertThat(result).as(caller::errors).isEqualTo(new SippResult(0, 100, 100, 0, 0, 0));
            await().until(() -> carrier.counters().requests().acks() == 200);
            assertThat(carrier.counters().access()).isEqualTo(new CarrierCounters.Access(100, 100, 0, 0));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    private static String[] digest(Carrier carrier) {
        String uri = "+442079460123@127.0.0.1:" + carrier.address().getPort();
        return new String[] {"-d", "100", "-s", "+442079460123", "-au", "alice", "-ap", "wonderland", "-auth_uri", uri};
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void SIPp_places_flash_calls_to_both_stacks(Stack stack) throws InterruptedException {
        try (JainCallee callee = JainCallee.start(stack, CalleeOptions.of(Answering.RING));
                Sipp caller = Sipp.caller("uac-flash-call", callee.address(), 50, 50, "-d", "100")) {
            SippResult result = caller.await(SOON);
            assertThat(result).as(caller::errors).isEqualTo(new SippResult(0, 50, 50, 0, 0, 0));
            assertThat(callee.counters().invites()).isEqualTo(50);
            assertThat(callee.counters().cancels()).isEqualTo(50);
            assertThat(callee.counters().faults()).isZero();
        }
    }

    @Test
    void uas_ring_cancel_rings_and_takes_1000_calls_a_second_from_uac_flash_call() throws InterruptedException {
        try (Sipp callee = Sipp.callee("uas-ring-cancel", 2000);
                Sipp caller = Sipp.caller("uac-flash-call", callee.address(), 2000, 1000, "-d", "100")) {
            assertThat(caller.await(SOON)).as(caller::errors).isEqualTo(new SippResult(0, 2000, 2000, 0, 0, 0));
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 2000, 2000, 0, 0, 0));
        }
    }

    /// As when a busy machine has held this caller, or SIPp, for longer than T1: SIPp itself takes such copies amiss.
    @ParameterizedTest
    @ValueSource(strings = {"uas-ring-cancel", "uas-answer-on-cancel"})
    void the_ringing_callees_answer_an_INVITE_and_a_CANCEL_that_come_again(String scenario)
            throws InterruptedException {
        try (Sipp callee = Sipp.callee(scenario, 1);
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(180);
            caller.invite();
            caller.await(180);
            caller.cancel();
            SipMessage last = finalResponse(caller);
            caller.cancel();
            assertThat(finalResponse(caller).status()).isEqualTo(last.status());
            if (last.status() == 487) {
                caller.ackFailure(last);
            } else {
                release(caller, last);
            }
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 1, 1, 0, 0, 0));
        }
    }

    /// SIPp repeats the final response each half second, so one may come before what the CANCEL is answered with.
    private static SipMessage finalResponse(RawCaller caller) {
        assertThat(nextTo("CANCEL", caller).status()).isEqualTo(200);
        return nextTo("INVITE", caller);
    }

    private static SipMessage nextTo(String method, RawCaller caller) {
        SipMessage response = caller.next();
        while (!response.cseqMethod().equals(method)) {
            response = caller.next();
        }
        return response;
    }

    @Test
    void uas_answer_on_cancel_answers_and_wants_ACK_and_BYE() throws InterruptedException {
        try (Sipp callee = Sipp.callee("uas-answer-on-cancel", 1);
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(180);
            caller.cancel();
            assertThat(caller.next().cseqMethod()).isEqualTo("CANCEL");
            SipMessage answer = caller.next();
            assertThat(answer.cseqMethod()).isEqualTo("INVITE");
            release(caller, answer);
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 1, 1, 0, 0, 0));
        }
    }

    @Test
    void uas_answer_rings_and_answers() throws InterruptedException {
        try (Sipp callee = Sipp.callee("uas-answer", 1, "-d", "50");
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(180);
            release(caller, caller.await(200));
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 1, 1, 0, 0, 0));
        }
    }

    private static void release(RawCaller caller, SipMessage answer) {
        caller.inDialog("ACK", 1, answer);
        caller.inDialog("BYE", 2, answer);
        assertThat(caller.await(200).cseqMethod()).isEqualTo("BYE");
    }

    @Test
    void uas_busy_is_busy() throws InterruptedException {
        try (Sipp callee = Sipp.callee("uas-busy", 1);
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.ackFailure(caller.await(486));
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 1, 1, 0, 0, 0));
        }
    }

    @Test
    void a_caller_that_breaks_the_scenario_is_counted() throws InterruptedException {
        try (Sipp callee = Sipp.callee("uas-busy", 1);
                RawCaller caller = new RawCaller(callee.address())) {
            caller.invite();
            caller.await(486);
            caller.cancel();
            SippResult result = callee.await(SOON);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.unexpected()).isEqualTo(1);
        }
    }
}
