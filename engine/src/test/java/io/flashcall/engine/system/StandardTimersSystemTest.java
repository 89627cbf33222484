package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// RFC 3261's own timers, waited for in real time: 32 s, beside the other tests (see `junit-platform.properties`).
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class StandardTimersSystemTest {

    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration GIVEN_UP = T1.multipliedBy(64);
    private static final Duration SLACK = Duration.ofMillis(500);

    @Test
    void a_call_whose_final_never_comes_ends_32_s_after_its_cancel() {
        try (var stage = Scene.of("no-487").t1(T1).start()) {
            String call = stage.place();
            stage.eventOf(call, HangingUp.class);
            Stage.waitUntil(Duration.ofSeconds(40), () -> stage.hasEnded(call), () -> "" + stage.storyOf(call));
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(SipStatus.NONE));
            assertThat(stage.between(call, HangingUp.class, Ended.class)).isBetween(GIVEN_UP, GIVEN_UP.plus(SLACK));
            stage.nothingIsLeft();
        }
    }

    @Test
    void a_silent_peer_gets_seven_invites_within_32_s_and_no_more() {
        try (var stage = Scene.of("silent").t1(T1).setup(Duration.ofSeconds(60)).start()) {
            String call = stage.place();
            Stage.waitUntil(Duration.ofSeconds(40), () -> stage.hasEnded(call), () -> "" + stage.storyOf(call));
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()));
            assertThat(stage.counted(Metric.RETRANSMISSIONS))
                    .as("at 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s")
                    .isEqualTo(6);
            stage.nothingIsLeft();
        }
    }
}
