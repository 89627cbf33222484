package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Gate 4: many calls that are answered as our CANCEL comes. In full 2,000.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerGateTest {

    private static final int CALLS = Gates.size(300, 2_000);
    private static final int PER_SECOND = Gates.size(300, 500);

    @Test
    void each_gets_its_ack_and_bye_and_nothing_is_left_in_the_call_table() {
        expect("answer-on-cancel", 1);
    }

    @Test
    void each_of_two_forks_gets_its_ack_and_bye() {
        expect("answer-on-cancel:legs=2", 2);
    }

    private static void expect(String behaviour, int legs) {
        try (var stage = Scene.of(behaviour).unrecorded().start()) {
            stage.placeMany(CALLS, PER_SECOND);
            stage.everythingIsOver();
            assertThat(stage.outcomes())
                    .isEqualTo(Map.of(new Answered(true, new SipStatus(200, -1, "")), (long) CALLS));
            long answers = (long) CALLS * legs;
            var seen = stage.carrier().counters();
            Gates.report("4 %s: %d calls at %d/s, %d answered, %d ACKs, %d BYEs, %d up, %d slots taken, we repeated %d"
                    .formatted(
                            behaviour,
                            CALLS,
                            PER_SECOND,
                            seen.calls().answered(),
                            seen.requests().acks(),
                            seen.requests().byes(),
                            seen.calls().up(),
                            stage.engine.snapshot().live(),
                            stage.counted(Metric.RETRANSMISSIONS)));
            assertThat(seen.calls().answered()).isEqualTo(answers);
            assertThat(seen.requests().acks()).isGreaterThanOrEqualTo(answers);
            assertThat(seen.requests().byes()).isGreaterThanOrEqualTo(answers);
            assertThat(stage.counted(Metric.ANSWERS_RELEASED)).isEqualTo(answers);
            assertThat(stage.counted(Metric.BYES_UNANSWERED)).isZero();
            assertThat(stage.counted(Metric.RELEASES_OVERFLOWED)).isZero();
        }
    }
}
