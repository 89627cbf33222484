package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.testbed.jain.CalleeOptions;
import io.flashcall.testbed.jain.CalleeOptions.Answering;
import io.flashcall.testbed.jain.JainCallee;
import io.flashcall.testbed.jain.Stack;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls to callees on two SIP stacks that none of us wrote, by the RFC's own timers.
@DisplayNameGeneration(ReplaceUnderscores.class)
class JainSystemTest {

    private static final int CALLS = 20;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SipStatus OK = new SipStatus(200, -1, "");

    @ParameterizedTest
    @EnumSource(Stack.class)
    void a_phone_that_rings_has_rung(Stack stack) {
        expect(stack, Answering.RING, Stage.RING, new Rang(new SipStatus(487, -1, "")), 0);
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void an_answer_that_crosses_our_cancel_is_released(Stack stack) {
        expect(stack, Answering.ANSWER_ON_CANCEL, Stage.RING, new Answered(true, OK), CALLS);
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void a_phone_picked_up_while_it_rings_is_released(Stack stack) {
        expect(stack, Answering.RING_THEN_ANSWER, LONG, new Answered(true, OK), CALLS);
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void a_phone_picked_up_without_ringing_is_released(Stack stack) {
        expect(stack, Answering.ANSWER_AT_ONCE, LONG, new Answered(false, OK), CALLS);
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void a_phone_in_use_is_busy(Stack stack) {
        expect(stack, Answering.BUSY, Stage.RING, new Declined(DeclineCause.BUSY, new SipStatus(486, -1, "")), 0);
    }

    @ParameterizedTest
    @EnumSource(Stack.class)
    void a_phone_whose_owner_presses_reject_has_rung(Stack stack) {
        expect(stack, Answering.DECLINE, LONG, new Rang(new SipStatus(603, -1, "")), 0);
    }

    private static void expect(Stack stack, Answering answering, Duration ring, CallOutcome outcome, int byes) {
        try (var callee = JainCallee.start(stack, CalleeOptions.of(answering));
                var stage = Scene.towards(callee.address())
                        .t1(Duration.ofMillis(500))
                        .setup(Duration.ofSeconds(10))
                        .start()) {
            var calls = new ArrayList<String>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(stage.placeRinging(ring));
            }
            assertThat(calls)
                    .allSatisfy(call -> assertThat(stage.outcomeOf(call)).isEqualTo(outcome));
            Stage.waitUntil(
                    () -> callee.counters().up() == 0
                            && callee.counters().byes() == byes
                            && callee.counters().invites() == CALLS,
                    () -> byes + " BYEs and nobody up, but saw " + callee.counters());
            stage.nothingIsLeft();
            assertThat(callee.counters()).matches(seen -> seen.faults() == 0 && seen.timeouts() == 0);
        }
    }
}
