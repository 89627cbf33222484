package io.flashcall.engine.call;

import static io.flashcall.engine.call.CallScript.RING;
import static io.flashcall.engine.call.CallScript.SETUP;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Also183;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.call.FlashCall.State;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a flash call does, as plays. What each input does in each state is in [FlashCallTableTest].
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlashCallTest {

    private static final Duration A_MILLISECOND = Duration.ofMillis(1);
    private static final Duration POST_DIAL_DELAY = Duration.ofMillis(700);

    private CallScript the = new CallScript(new Only180());

    @Nested
    class A_call_that_rings {

        @Test
        void is_hung_up_once_it_has_rung_long_enough() {
            the.caller().places();
            the.callee().tries();
            the.clock().passes(POST_DIAL_DELAY);
            the.callee().rings();
            the.clock().passes(RING.minus(A_MILLISECOND));
            the.engineSent("INVITE");
            the.clock().passes(A_MILLISECOND);
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported(
                    "placed",
                    "trying 100",
                    "ringing 180 after 700ms",
                    "hanging up, rang 1500ms, late 0ms",
                    "ended RANG 487");
            the.callEnded(Ending.RANG, 487);
        }

        @Test
        void rings_from_its_first_ringing_provisional_though_more_come() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(Duration.ofSeconds(1));
            the.callee().rings().says(183).rings();
            the.clock().passes(Duration.ofMillis(500));
            the.engineSent("INVITE", "CANCEL");
            the.engineReported("placed", "ringing 180 after 0ms", "hanging up, rang 1500ms, late 0ms");
        }

        @Test
        void has_no_setup_timeout_any_more() {
            the.caller().places(Duration.ofSeconds(30), SETUP);
            the.callee().rings();
            the.clock().passes(Duration.ofSeconds(29));
            the.engineSent("INVITE");
            the.callIs(State.RINGING);
        }

        @Test
        void is_hung_up_at_once_if_its_ring_time_is_nothing() {
            the.caller().places(Duration.ZERO, SETUP);
            the.callee().rings();
            the.engineSent("INVITE", "CANCEL");
            the.nothingWakesIt();
            the.callee().rejectsWith(487);
            the.engineReported("placed", "ringing 180 after 0ms", "hanging up, rang 0ms, late 0ms", "ended RANG 487");
        }

        @Test
        void tells_how_late_it_was_hung_up() {
            the.caller().places();
            the.callee().rings();
            the.clock().isLateBy(Duration.ofMillis(7)).passes(Duration.ofSeconds(2));
            the.engineReported("placed", "ringing 180 after 0ms", "hanging up, rang 1507ms, late 7ms");
        }

        @Test
        void tells_no_lateness_if_somebody_hung_it_up() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(Duration.ofMillis(400));
            the.caller().hangsUp();
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported("placed", "ringing 180 after 0ms", "hanging up, rang 400ms", "ended RANG 487");
        }

        @ParameterizedTest
        @ValueSource(ints = {300, 401, 404, 408, 480, 486, 487, 488, 500, 503, 600, 603, 608})
        void is_delivered_however_its_callee_refuses_it(int status) {
            the.caller().places();
            the.callee().rings().rejectsWith(status);
            the.engineSent("INVITE");
            the.callEnded(Ending.RANG, status);
        }

        @ParameterizedTest
        @ValueSource(ints = {480, 486, 487, 503, 603})
        void is_delivered_however_the_network_ends_it_after_our_cancel(int status) {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(RING);
            the.callee().rejectsWith(status, 17);
            the.callEnded(Ending.RANG, status);
        }

        @Test
        void is_delivered_even_if_no_final_follows_our_cancel() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(RING);
            the.transaction().givesUp();
            the.callEnded(Ending.RANG, 0);
        }
    }

    @Nested
    class Only_180_is_ringing_unless_the_trunk_says_otherwise {

        @ParameterizedTest
        @ValueSource(ints = {100, 181, 182, 183, 199})
        void other_provisionals_are_no_ringing(int status) {
            the.caller().places();
            the.callee().says(status).says(status);
            the.callIs(State.PROCEEDING);
            the.engineReported("placed", "trying " + status);
        }

        @Test
        void a_180_after_a_183_counts() {
            the.caller().places();
            the.callee().says(183);
            the.clock().passes(Duration.ofSeconds(2));
            the.callee().rings();
            the.clock().passes(RING);
            the.engineReported("placed", "trying 183", "ringing 180 after 2000ms", "hanging up, rang 1500ms, late 0ms");
        }

        @Test
        void the_180_of_a_second_fork_counts_after_early_media_of_the_first() {
            the.caller().places();
            the.callee().tries().says(183).rings().rings();
            the.callIs(State.RINGING);
            the.engineReported("placed", "trying 100", "ringing 180 after 0ms");
        }

        @Test
        void by_180_or_183_a_183_rings_at_once() {
            the = new CallScript(new Also183());
            the.caller().places();
            the.callee().tries().says(183);
            the.clock().passes(RING);
            the.callee().rejectsWith(487);
            the.engineReported(
                    "placed",
                    "trying 100",
                    "ringing 183 after 0ms",
                    "hanging up, rang 1500ms, late 0ms",
                    "ended RANG 487");
        }

        @Test
        void by_183_after_a_183_rings_when_nothing_better_came_for_that_long() {
            the = new CallScript(new After183(Duration.ofMillis(800)));
            the.caller().places();
            the.callee().tries().says(183);
            the.clock().passes(Duration.ofMillis(799));
            the.callIs(State.PROCEEDING);
            the.clock().passes(A_MILLISECOND);
            the.callIs(State.RINGING);
            the.clock().passes(RING);
            the.callee().rejectsWith(487);
            the.engineReported(
                    "placed",
                    "trying 100",
                    "ringing 183 after 800ms",
                    "hanging up, rang 1500ms, late 0ms",
                    "ended RANG 487");
        }

        @Test
        void by_183_after_the_first_183_counts_though_more_come() {
            the = new CallScript(new After183(Duration.ofMillis(800)));
            the.caller().places();
            the.callee().says(183);
            the.clock().passes(Duration.ofMillis(500));
            the.callee().says(183);
            the.clock().passes(Duration.ofMillis(300));
            the.engineReported("placed", "trying 183", "ringing 183 after 800ms");
        }

        @Test
        void by_183_after_a_180_before_the_delay_rings_at_once() {
            the = new CallScript(new After183(Duration.ofMillis(800)));
            the.caller().places();
            the.callee().says(183);
            the.clock().passes(Duration.ofMillis(500));
            the.callee().rings();
            the.clock().passes(Duration.ofMillis(800));
            the.callIs(State.RINGING);
            the.clock().passes(Duration.ofMillis(700));
            the.engineReported("placed", "trying 183", "ringing 180 after 500ms", "hanging up, rang 1500ms, late 0ms");
        }

        @Test
        void by_183_after_the_setup_timeout_may_come_before_the_delay() {
            the = new CallScript(new After183(Duration.ofSeconds(20)));
            the.caller().places();
            the.callee().says(183);
            the.clock().passes(SETUP);
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 183", "hanging up", "ended NO_RINGING 487");
        }

        @Test
        void by_183_after_a_call_may_be_hung_up_before_the_delay() {
            the = new CallScript(new After183(Duration.ofMillis(800)));
            the.caller().places();
            the.callee().says(183);
            the.caller().hangsUp();
            the.clock().passes(SETUP);
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 183", "hanging up", "ended ABANDONED 487");
        }

        @Test
        void by_183_after_a_call_with_no_ring_time_is_hung_up_after_the_delay() {
            the = new CallScript(new After183(Duration.ofMillis(800)));
            the.caller().places(Duration.ZERO, SETUP);
            the.callee().says(183);
            the.clock().passes(Duration.ofMillis(800));
            the.callee().rejectsWith(487);
            the.engineReported(
                    "placed",
                    "trying 183",
                    "ringing 183 after 800ms",
                    "hanging up, rang 0ms, late 0ms",
                    "ended RANG 487");
        }
    }

    @Nested
    class A_cancel {

        @Test
        void waits_for_the_first_provisional() {
            the.caller().places().hangsUp().hangsUp();
            the.engineSent("INVITE");
            the.callIs(State.CANCEL_PENDING);
            the.callee().tries();
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 100", "hanging up", "ended ABANDONED 487");
        }

        @Test
        void is_never_sent_to_one_who_never_says_a_word() {
            the.caller().places().hangsUp();
            the.transaction().givesUp();
            the.engineSent("INVITE");
            the.callEnded(Ending.ABANDONED, 0);
        }

        @Test
        void that_waited_is_sent_though_the_provisional_is_ringing_and_that_ringing_was_seen() {
            the.caller().places().hangsUp();
            the.callee().rings().rejectsWith(487);
            the.engineReported("placed", "ringing 180 after 0ms", "hanging up, rang 0ms", "ended RANG 487");
        }

        @Test
        void that_a_180_crosses_makes_it_rang() {
            the.caller().places();
            the.callee().tries();
            the.caller().hangsUp();
            the.callee().rings().rings().rejectsWith(487);
            the.engineSent("INVITE", "CANCEL");
            the.engineReported("placed", "trying 100", "hanging up", "ringing 180 after 0ms", "ended RANG 487");
        }

        @Test
        void that_no_487_follows_ends_the_call_after_64_T1() {
            the.caller().places();
            the.callee().tries();
            the.caller().hangsUp();
            the.transaction().givesUp();
            the.callEnded(Ending.ABANDONED, 0);
        }

        @Test
        void that_crosses_a_refusal_does_not_make_the_refusal_the_reason() {
            the.caller().places();
            the.callee().tries();
            the.caller().hangsUp();
            the.callee().rejectsWith(404);
            the.callEnded(Ending.ABANDONED, 404);
        }

        @Test
        void after_which_the_network_says_that_the_phone_was_alerted_rang_unseen() {
            the.caller().places();
            the.callee().tries();
            the.caller().hangsUp();
            the.callee().rejectsWith(480, 19);
            the.callEnded(Ending.RANG_UNSEEN, 480);
        }
    }

    @Nested
    class An_answer {

        @Test
        void without_ringing_is_released_and_nobody_saw_the_number() {
            the.caller().places();
            the.callee().answers();
            the.engineSent("INVITE", "ACK+BYE");
            the.callIs(State.RELEASING);
            the.callee().confirmsBye();
            the.engineReported("placed", "hanging up", "ended ANSWERED_UNSEEN 200");
            the.callEnded(Ending.ANSWERED_UNSEEN, 200);
        }

        @Test
        void before_the_ring_time_is_over_stops_the_clock_of_the_ring() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(Duration.ofSeconds(1));
            the.callee().answers();
            the.nothingWakesIt();
            the.callee().confirmsBye();
            the.engineSent("INVITE", "ACK+BYE");
            the.engineReported(
                    "placed", "ringing 180 after 0ms", "hanging up, rang 1000ms", "ended ANSWERED_AFTER_RINGING 200");
        }

        @Test
        void that_crosses_our_cancel_is_released() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(RING);
            the.callee().answers();
            the.engineSent("INVITE", "CANCEL", "ACK+BYE");
            the.callee().confirmsBye();
            the.callEnded(Ending.ANSWERED_AFTER_RINGING, 200);
        }

        @Test
        void is_released_once_more_for_each_fork_and_each_repetition() {
            the.caller().places();
            the.callee().answers().answers().answers();
            the.engineSent("INVITE", "ACK+BYE", "ACK+BYE", "ACK+BYE");
            the.callee().confirmsBye();
            the.engineReported("placed", "hanging up", "ended ANSWERED_UNSEEN 200");
        }

        @Test
        void while_a_cancel_waits_for_a_provisional_needs_no_cancel() {
            the.caller().places().hangsUp();
            the.callee().answers().confirmsBye();
            the.engineSent("INVITE", "ACK+BYE");
            the.callEnded(Ending.ANSWERED_UNSEEN, 200);
        }

        @Test
        void is_not_undone_by_anything_else() {
            the.caller().places();
            the.callee().answers();
            the.callee().rings().rejectsWith(486);
            the.caller().hangsUp();
            the.transaction().givesUp().cannotSend();
            the.callIs(State.RELEASING);
            the.callee().confirmsBye();
            the.callEnded(Ending.ANSWERED_UNSEEN, 200);
        }
    }

    @Nested
    class The_setup_timeout {

        @Test
        void ends_a_call_that_had_a_provisional_with_a_cancel() {
            the.caller().places();
            the.callee().tries();
            the.clock().passes(SETUP.minus(A_MILLISECOND));
            the.engineSent("INVITE");
            the.clock().passes(A_MILLISECOND);
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 100", "hanging up", "ended NO_RINGING 487");
        }

        @Test
        void is_crossed_by_ringing_that_was_seen_all_the_same() {
            the.caller().places();
            the.callee().tries();
            the.clock().passes(SETUP);
            the.callee().rings().rejectsWith(487);
            the.callEnded(Ending.RANG, 487);
        }

        @Test
        void runs_from_the_INVITE_and_not_from_the_first_provisional() {
            the.caller().places();
            the.clock().passes(SETUP.minus(A_MILLISECOND));
            the.callee().tries();
            the.clock().passes(A_MILLISECOND);
            the.engineSent("INVITE", "CANCEL");
        }

        @Test
        void of_a_silent_call_reports_no_response_and_keeps_the_call_until_Timer_B() {
            the.caller().places();
            the.clock().passes(SETUP);
            the.engineReported("placed", "ended NO_RESPONSE 0");
            the.callIs(State.SILENT);
            the.nothingWakesIt();
            the.transaction().givesUp();
            the.engineSent("INVITE");
            the.callEnded(Ending.NO_RESPONSE, 0);
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 180, 183})
        void may_be_followed_by_a_late_provisional_which_gets_its_cancel_and_no_event(int status) {
            the.caller().places();
            the.clock().passes(SETUP);
            the.callee().says(status).rings();
            the.engineSent("INVITE", "CANCEL");
            the.callee().rejectsWith(487);
            the.engineReported("placed", "ended NO_RESPONSE 0");
            the.callNeedsNothingMore();
        }

        @Test
        void may_be_followed_by_a_late_answer_which_is_released_without_an_event() {
            the.caller().places();
            the.clock().passes(SETUP);
            the.callee().answers().confirmsBye();
            the.engineSent("INVITE", "ACK+BYE");
            the.engineReported("placed", "ended NO_RESPONSE 0");
            the.callNeedsNothingMore();
        }

        @Test
        void may_be_followed_by_a_late_refusal() {
            the.caller().places();
            the.clock().passes(SETUP);
            the.callee().rejectsWith(503);
            the.callEnded(Ending.NO_RESPONSE, 0);
        }

        @Test
        void of_a_silent_call_that_was_hung_up_reports_it_abandoned() {
            the.caller().places().hangsUp();
            the.clock().passes(SETUP);
            the.callIs(State.SILENT);
            the.callee().tries().answers().confirmsBye();
            the.engineSent("INVITE", "CANCEL", "ACK+BYE");
            the.engineReported("placed", "ended ABANDONED 0");
        }

        @Test
        void longer_than_Timer_B_is_never_reached() {
            the.caller().places(RING, Duration.ofSeconds(60));
            the.clock().passes(Duration.ofSeconds(32));
            the.transaction().givesUp();
            the.callEnded(Ending.NO_RESPONSE, 0);
            the.clock().passes(Duration.ofSeconds(60));
            the.engineReported("placed", "ended NO_RESPONSE 0");
        }
    }

    @Nested
    class A_call_that_dies_before_it_rings {

        @ParameterizedTest
        @CsvSource({"404, -1, INVALID_NUMBER", "486, -1, BUSY", "486, 19, RANG_UNSEEN", "503, -1, OVERLOADED"})
        void ends_as_the_refusal_says(int status, int q850, Ending ending) {
            the.caller().places();
            the.callee().rejectsWith(status, q850);
            the.callEnded(ending, status);
            the.caller().places();
            the.callee().tries().says(183).rejectsWith(status, q850);
            the.callEnded(ending, status);
        }

        @Test
        void because_the_system_would_not_send_is_unreachable() {
            the.caller().places();
            the.transaction().cannotSend();
            the.callEnded(Ending.UNREACHABLE, 0);
        }

        @Test
        void because_Timer_B_fired_had_no_response() {
            the.caller().places();
            the.transaction().givesUp();
            the.callEnded(Ending.NO_RESPONSE, 0);
        }
    }

    @Nested
    class A_call_that_waits_for_its_turn {

        @Test
        void sends_nothing_until_then_and_its_times_run_from_then() {
            the.caller().placesIn(Duration.ofSeconds(2));
            the.callIs(State.WAITING);
            the.clock().passes(Duration.ofSeconds(2).minus(A_MILLISECOND));
            the.engineSent();
            the.engineReported();
            the.clock().passes(A_MILLISECOND);
            the.engineSent("INVITE");
            the.clock().passes(Duration.ofMillis(250));
            the.callee().rings();
            the.engineReported("placed", "ringing 180 after 250ms");
        }

        @Test
        void may_be_hung_up_before_anything_was_sent() {
            the.caller().placesIn(Duration.ofSeconds(1)).hangsUp();
            the.clock().passes(Duration.ofSeconds(2));
            the.engineSent();
            the.engineReported("ended ABANDONED 0");
            the.callNeedsNothingMore();
        }
    }

    @Nested
    class An_engine_that_closes {

        @Test
        void has_abandoned_calls_that_did_not_ring() {
            the.caller().places().aborts();
            the.callEnded(Ending.ABANDONED, 0);
            the.caller().places();
            the.callee().tries();
            the.caller().aborts();
            the.engineSent("INVITE");
            the.callEnded(Ending.ABANDONED, 0);
        }

        @Test
        void has_delivered_calls_that_rang() {
            the.caller().places();
            the.callee().rings();
            the.caller().aborts();
            the.callEnded(Ending.RANG, 0);
        }

        @Test
        void ends_even_a_call_that_a_fault_of_ours_stopped_as_it_began() {
            the.transaction().breaks();
            assertThatIllegalStateException().isThrownBy(() -> the.caller().places());
            the.caller().aborts();
            the.engineReported("placed", "ended ABANDONED 0");
            the.callNeedsNothingMore();
        }

        @Test
        void knows_what_was_answered() {
            the.caller().places();
            the.callee().rings().answers();
            the.caller().aborts();
            the.callEnded(Ending.ANSWERED_AFTER_RINGING, 200);
        }
    }

    @Nested
    class A_call_that_is_over {

        @Test
        void ignores_whatever_comes() {
            the.caller().places();
            the.callee().rejectsWith(486);
            the.callee().rings().answers().rejectsWith(600).confirmsBye();
            the.caller().hangsUp().aborts();
            the.transaction().givesUp().cannotSend();
            the.clock().wakes().passes(SETUP);
            the.engineSent("INVITE");
            the.engineReported("placed", "ended BUSY 486");
        }

        @Test
        void may_be_used_again_and_remembers_nothing() {
            the.caller().places();
            the.callee().rings();
            the.clock().passes(RING);
            the.callee().answers().confirmsBye();
            the.callEnded(Ending.ANSWERED_AFTER_RINGING, 200);

            the.caller().places();
            the.callee().tries();
            the.clock().passes(SETUP);
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 100", "hanging up", "ended NO_RINGING 487");

            the.caller().places();
            the.callee().tries();
            the.caller().hangsUp();
            the.callee().rejectsWith(487);
            the.engineReported("placed", "trying 100", "hanging up", "ended ABANDONED 487");
        }
    }
}
