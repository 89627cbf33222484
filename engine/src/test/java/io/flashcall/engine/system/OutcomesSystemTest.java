package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Each behaviour of the testbed's carrier, and what becomes of a call that meets it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomesSystemTest {

    @Test
    void a_phone_that_rings_has_seen_the_caller_id() {
        try (var stage = Stage.with("ring")) {
            String call = stage.place();
            CallOutcome outcome = stage.outcomeOf(call);
            assertThat(outcome).isInstanceOf(Rang.class);
            assertThat(outcome.last().code()).isEqualTo(487);
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
        }
    }

    @Test
    void an_answer_that_crosses_our_cancel_is_acknowledged_and_hung_up() {
        try (var stage = Stage.with("answer-on-cancel")) {
            CallOutcome outcome = stage.outcome();
            assertThat(outcome).isInstanceOf(Answered.class);
            assertThat(outcome.showedCallerId()).isTrue();
            stage.everythingIsOver();
        }
    }
}
