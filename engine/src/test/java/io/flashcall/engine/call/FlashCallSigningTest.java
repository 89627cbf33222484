package io.flashcall.engine.call;

import static io.flashcall.engine.call.CallScript.FAILOVER;
import static io.flashcall.engine.call.CallScript.SETUP;

import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.call.FlashCall.State;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// When an INVITE has to wait for another signature (RFC 8224), and what may become of its call meanwhile.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlashCallSigningTest {

    private static final Duration MOST_OF_SETUP = SETUP.minusMillis(1);

    private final CallScript the = new CallScript(new Only180());

    @Test
    void a_retry_with_a_signature_that_is_too_old_waits_for_another() {
        the.credentials(1).caller().places().clock().passes(Duration.ofMillis(10_500));
        the.outdated().callee().rejectsWith(407);
        the.callIs(State.SIGNING);
        the.engineSent("INVITE");
        the.signs();
        the.callIs(State.CALLING);
        the.engineSent("INVITE", "INVITE signed anew");
        the.callee().rings();
        the.engineReported("placed", "ringing 180 after 10500ms");
    }

    @Test
    void a_host_is_left_for_its_silence_only_once_something_was_sent_to_it() {
        the.hosts(2).caller().places();
        the.outdated().clock().passes(FAILOVER);
        the.callIs(State.SIGNING);
        the.clock().passes(FAILOVER);
        the.callIs(State.SIGNING);
        the.signs().clock().passes(FAILOVER.minusMillis(1));
        the.engineSent("INVITE", "INVITE signed anew");
    }

    @Test
    void the_setup_timeout_counts_on_while_it_waits() {
        the.hosts(1).caller().places();
        the.outdated().clock().passes(MOST_OF_SETUP);
        the.callIs(State.SIGNING);
        the.clock().passes(Duration.ofMillis(1));
        the.callEnded(Ending.NO_RESPONSE, 0);
        the.signs();
        the.engineSent("INVITE");
    }

    @Test
    void whoever_hangs_up_while_it_waits_need_not_cancel_anything() {
        the.hosts(1).caller().places();
        the.outdated().transaction().cannotSend().caller().hangsUp();
        the.callEnded(Ending.ABANDONED, 0);
        the.engineSent("INVITE");
    }

    @Test
    void without_a_signature_the_call_ends_as_one_that_could_not_be_sent() {
        the.hosts(1).caller().places();
        the.outdated().transaction().losesConnection().cannotSign();
        the.callEnded(Ending.UNREACHABLE, 0);
    }

    @Test
    void with_no_host_left_the_signature_comes_in_vain() {
        the.outdated().caller().places();
        the.nowhere().signs();
        the.callEnded(Ending.UNREACHABLE, 0);
        the.engineReported("placed", "ended UNREACHABLE 0");
        the.engineSent();
    }

    @Test
    void an_INVITE_that_waited_for_its_connection_too_long_is_signed_anew() {
        the.caller().places().connectsLate();
        the.callIs(State.SIGNING);
        the.signs().callee().tries().rings();
        the.callIs(State.RINGING);
    }
}
