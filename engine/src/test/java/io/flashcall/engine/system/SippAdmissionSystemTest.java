package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.TrunkOptions;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What a trunk does not take, SIPp never sees: it would take many more calls, and tells at the end how many came.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippAdmissionSystemTest {

    private static final int MANY = 1_000;
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void SIPp_has_no_more_calls_at_once_than_the_trunk_has_channels() throws Exception {
        try (var sipp = SippCallee.start("uas-ring-cancel.xml", MANY);
                var stage = scene(sipp).channels(3).start()) {
            for (int i = 0; i < 3; i++) {
                stage.placeRinging(Duration.ofSeconds(1));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(stage.refusal(stage.request())).isEqualTo(Reason.NO_CHANNEL);
            }
            sawOnly(3, sipp, stage);
            assertThat(stage.outcomes().keySet()).allMatch(Rang.class::isInstance);
        }
    }

    @Test
    void SIPp_gets_calls_at_the_trunk_s_pace_and_none_that_would_wait_too_long() throws Exception {
        try (var sipp = SippCallee.start("uas-ring-cancel.xml", MANY);
                var stage = scene(sipp).callsPerSecond(2).start()) {
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                stage.place();
            }
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.PACED);
            sawOnly(5, sipp, stage);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("five calls at two a second")
                    .isGreaterThan(Duration.ofMillis(1_900));
        }
    }

    @Test
    void SIPp_that_answers_too_often_gets_no_more_calls() throws Exception {
        var limits = new Limits(OptionalInt.of(20), OptionalInt.empty(), OptionalInt.empty());
        var guards =
                new GuardPolicy(limits, Duration.ofMinutes(1), Duration.ofMinutes(1), 10, Duration.ofMinutes(1), 3);
        try (var sipp = SippCallee.start("uas-answer.xml", MANY);
                var stage = scene(sipp)
                        .options(TrunkOptions.STANDARD.withGuards(guards))
                        .start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(stage.outcomeOf(stage.placeRinging(LONG))).isInstanceOf(Answered.class);
            }
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.GUARDED);
            assertThat(stage.engine.snapshot().trunks().getFirst().guarded()).isTrue();
            sawOnly(10, sipp, stage);
        }
    }

    private static Scene scene(SippCallee sipp) {
        return Scene.towards(sipp.address()).t1(Duration.ofMillis(500)).setup(Duration.ofSeconds(20));
    }

    private static void sawOnly(long calls, SippCallee sipp, Stage stage) throws Exception {
        stage.nothingIsLeft();
        assertThat(stage.accepted()).isEqualTo(calls);
        sipp.finish();
        assertThat(sipp.statistics())
                .as(sipp::said)
                .containsEntry("IncomingCall", calls)
                .containsEntry("SuccessfulCall", calls)
                .containsEntry("FailedCall", 0L)
                .containsEntry("OutOfCallMsgs", 0L);
    }
}
