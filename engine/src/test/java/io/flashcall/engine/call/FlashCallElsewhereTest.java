package io.flashcall.engine.call;

import static io.flashcall.engine.call.CallScript.FAILOVER;
import static io.flashcall.engine.call.CallScript.SETUP;

import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.call.FlashCall.State;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// When an INVITE is sent anew: to another host of the trunk (RFC 3263 §4.3), or with credentials (RFC 3261 §22).
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlashCallElsewhereTest {

    private final CallScript the = new CallScript(new Only180());

    @Test
    void a_host_that_is_silent_for_4_s_is_left_for_the_next() {
        the.hosts(1).caller().places().clock().passes(FAILOVER);
        the.engineSent("INVITE", "INVITE to another host");
        the.callee().tries().rings();
        the.engineReported("placed", "trying 100", "ringing 180 after 4000ms");
    }

    @Test
    void each_further_host_has_its_own_4_s_until_the_setup_timeout() {
        the.hosts(9).caller().places().clock().passes(SETUP.minus(Duration.ofMillis(1)));
        the.engineSent("INVITE", "INVITE to another host", "INVITE to another host");
        the.clock().passes(Duration.ofMillis(1));
        the.engineReported("placed", "ended NO_RESPONSE 0");
        the.callIs(State.SILENT);
    }

    @Test
    void without_another_host_the_call_waits_for_its_only_one() {
        the.caller().places().clock().passes(FAILOVER).callee().rings();
        the.engineSent("INVITE");
        the.callIs(State.RINGING);
    }

    @Test
    void a_host_that_has_said_100_is_not_left_for_its_silence() {
        the.hosts(1).caller().places().tries().clock().passes(SETUP);
        the.engineSent("INVITE", "CANCEL");
    }

    @Test
    void a_host_that_cannot_be_reached_is_left_at_once() {
        the.hosts(1).caller().places().transaction().cannotSend();
        the.engineSent("INVITE", "INVITE to another host");
        the.transaction().cannotSend();
        the.callEnded(Ending.UNREACHABLE, 0);
    }

    @Test
    void a_host_that_nobody_is_at_is_left_at_once() {
        the.hosts(1).caller().places().transaction().isToldThatNobodyIsThere();
        the.engineSent("INVITE", "INVITE to another host");
        the.callee().rings();
        the.callIs(State.RINGING);
    }

    @Test
    void the_only_host_is_waited_for_as_long_as_a_silent_one_though_nobody_is_there() {
        the.caller().places().transaction().isToldThatNobodyIsThere();
        the.clock().passes(FAILOVER.minusMillis(1));
        the.callIs(State.CALLING);
        the.clock().passes(Duration.ofMillis(1));
        the.engineReported("placed", "ended UNREACHABLE 0");
        the.callIs(State.SILENT);
        the.callee().rings();
        the.engineSent("INVITE", "CANCEL");
    }

    @Test
    void the_only_host_that_may_have_got_the_last_INVITE_has_until_the_setup_timeout() {
        the.caller().places().transaction().isToldThatNobodyIsThere().sendsAgain();
        the.clock().passes(SETUP.minusMillis(1));
        the.callIs(State.CALLING);
        the.clock().passes(Duration.ofMillis(1));
        the.engineReported("placed", "ended NO_RESPONSE 0");
    }

    @Test
    void timer_B_before_the_failover_leads_to_another_host_too() {
        the.hosts(1).caller().places().transaction().givesUp();
        the.engineSent("INVITE", "INVITE to another host");
    }

    @Test
    void a_503_is_heard_by_another_host_also_after_a_100() {
        the.hosts(1).caller().places().tries().rejectsWith(503);
        the.engineSent("INVITE", "INVITE to another host");
        the.callee().tries().rings();
        the.engineReported("placed", "trying 100", "ringing 180 after 0ms");
    }

    @Test
    void after_a_183_no_other_host_is_tried_since_the_phone_may_have_rung() {
        the.hosts(1).caller().places().says(183).rejectsWith(503);
        the.callEnded(Ending.OVERLOADED, 503);
        the.engineSent("INVITE");
    }

    @Test
    void after_ringing_a_503_or_a_challenge_ends_a_call_that_rang() {
        the.hosts(1).credentials(1).caller().places().rings().rejectsWith(407);
        the.callEnded(Ending.RANG, 407);
        the.engineSent("INVITE");
    }

    @Test
    void a_call_that_is_to_end_is_not_sent_anew() {
        the.hosts(1).credentials(1).caller().places().hangsUp().clock().passes(FAILOVER);
        the.engineSent("INVITE");
        the.callee().rejectsWith(401);
        the.callEnded(Ending.ABANDONED, 401);
        the.engineSent("INVITE");
    }

    @Test
    void a_call_that_is_to_end_waits_for_a_provisional_until_the_setup_timeout() {
        the.caller().places().hangsUp().clock().passes(SETUP);
        the.callIs(State.SILENT);
        the.callee().tries();
        the.engineSent("INVITE", "CANCEL");
    }

    @Test
    void a_challenge_is_answered_as_often_as_there_are_credentials_for_it() {
        the.credentials(2).caller().places().tries().rejectsWith(401).tries().rejectsWith(407);
        the.engineSent("INVITE", "INVITE with credentials", "INVITE with credentials");
        the.callee().rejectsWith(407);
        the.callEnded(Ending.NOT_AUTHORIZED, 407);
        the.engineReported("placed", "trying 100", "ended NOT_AUTHORIZED 407");
    }

    @Test
    void a_challenge_after_a_183_is_answered_too() {
        the.credentials(1).caller().places().says(183).rejectsWith(401);
        the.engineSent("INVITE", "INVITE with credentials");
    }

    @Test
    void a_redirection_is_followed_as_often_as_it_leads_somewhere() {
        the.redirections(2).caller().places().tries().rejectsWith(302).tries().rejectsWith(301);
        the.engineSent("INVITE", "INVITE to a Contact", "INVITE to a Contact");
        the.callee().rejectsWith(302);
        the.callEnded(Ending.PROTOCOL, 302);
        the.engineReported("placed", "trying 100", "ended PROTOCOL 302");
    }

    @Test
    void after_a_183_no_redirection_is_followed_since_the_phone_may_have_rung() {
        the.redirections(1).caller().places().says(183).rejectsWith(302);
        the.callEnded(Ending.PROTOCOL, 302);
        the.engineSent("INVITE");
    }

    @Test
    void after_ringing_a_redirection_ends_a_call_that_rang() {
        the.redirections(1).caller().places().rings().rejectsWith(302);
        the.callEnded(Ending.RANG, 302);
        the.engineSent("INVITE");
    }

    @Test
    void a_call_that_is_to_end_follows_no_redirection() {
        the.redirections(1).caller().places().hangsUp().callee().rejectsWith(302);
        the.callEnded(Ending.ABANDONED, 302);
        the.engineSent("INVITE");
    }

    @Test
    void a_redirected_call_that_gets_no_answer_has_its_setup_timeout() {
        the.redirections(1).caller().places().rejectsWith(302).clock().passes(SETUP);
        the.engineReported("placed", "ended NO_RESPONSE 0");
        the.callIs(State.SILENT);
    }

    @Test
    void the_setup_timeout_counts_from_the_first_INVITE() {
        the.credentials(1).caller().places().clock().passes(Duration.ofSeconds(3));
        the.callee().tries().rejectsWith(401).tries();
        the.clock().passes(SETUP.minus(Duration.ofSeconds(3)));
        the.engineSent("INVITE", "INVITE with credentials", "CANCEL");
    }

    @Test
    void once_the_phone_rings_by_a_host_that_was_left_the_other_is_to_ring_none() {
        the.hosts(2).caller().places().clock().passes(FAILOVER);
        the.elsewhere(180);
        the.engineSent("INVITE", "INVITE to another host");
        the.callee().tries();
        the.engineSent("INVITE", "INVITE to another host", "CANCEL");
        the.callee().rejectsWith(487);
        the.callEnded(Ending.RANG_UNSEEN, 487);
    }

    @Test
    void nor_is_a_third_one_tried() {
        the.hosts(2).caller().places().clock().passes(FAILOVER);
        the.elsewhere(200).callee().rejectsWith(503);
        the.engineSent("INVITE", "INVITE to another host");
        the.callEnded(Ending.RANG_UNSEEN, 503);
    }

    @Test
    void what_is_silent_too_ends_as_a_call_that_was_shown() {
        the.hosts(2).caller().places().clock().passes(FAILOVER);
        the.elsewhere(180).clock().passes(SETUP.minus(FAILOVER));
        the.engineReported("placed", "ended RANG_UNSEEN 0");
        the.callIs(State.SILENT);
        the.engineSent("INVITE", "INVITE to another host");
    }

    @Test
    void a_host_that_was_left_and_makes_progress_keeps_the_call_from_a_third_one() {
        the.hosts(2).caller().places().clock().passes(FAILOVER);
        the.elsewhere(183).clock().passes(FAILOVER);
        the.engineSent("INVITE", "INVITE to another host");
        the.callIs(State.CALLING);
        the.callee().rejectsWith(503);
        the.callEnded(Ending.OVERLOADED, 503);
    }

    @Test
    void with_no_host_known_the_call_ends_before_anything_is_sent() {
        the.nowhere().caller().places();
        the.callEnded(Ending.UNREACHABLE, 0);
        the.engineSent();
    }
}
