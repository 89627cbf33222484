package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls over a line that drops, doubles, delays and reorders datagrams both ways: every one ends definitely, and none
/// stays up.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LossySystemTest {

    private static final int CALLS = Gates.size(150, 3_000);

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource(delimiter = ';', textBlock = """
            drop=0.1,duplicate=0.1; 1
            drop=0.1,duplicate=0.1; 2
            drop=0.1,duplicate=0.1,reorder=0,delay=0; 3
            drop=0.1,duplicate=0.1,reorder=0.2,delay=0.2,by=60ms; 4
            """)
    void ringing_phones_have_rung_or_were_given_up(String line, long seed) {
        expect("lossy:of=ring," + line, seed);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource(delimiter = ';', textBlock = """
            answer-on-cancel; 5
            answer-on-cancel,legs=2; 6
            ring-then-answer,answer=40ms; 7
            fork-two-answer,answer=30ms,gap=20ms; 8
            decline-while-ringing,after=40ms; 9
            busy; 10
            answer-at-once; 11
            """)
    void whatever_the_far_end_does_nothing_stays_up(String behaviour, long seed) {
        expect("lossy:drop=0.1,duplicate=0.1,of=" + behaviour, seed);
    }

    private static void expect(String behaviour, long seed) {
        try (var stage = Scene.of(behaviour)
                .seed(seed)
                .t1(Duration.ofMillis(20))
                .setup(Duration.ofMillis(800))
                .unrecorded()
                .start()) {
            stage.placeMany(CALLS, 500);
            stage.everythingIsOver();
            assertThat(stage.outcomes())
                    .allSatisfy((outcome, _) -> assertThat(isDefinite(outcome)).isTrue());
            Gates.report("3 (lossy) %s seed %d: %s".formatted(behaviour, seed, stage.outcomes()));
        }
    }

    /// What a lost or late datagram may turn a call into, with a status that the far end did send.
    private static boolean isDefinite(CallOutcome outcome) {
        return switch (outcome) {
            case Rang _, Answered _, CallOutcome.Declined _ -> true;
            case Failed failed ->
                failed.cause() == FailureCause.NO_RINGING
                        || failed.cause() == FailureCause.NO_RESPONSE
                        || failed.cause() == FailureCause.BLOCKED;
            case CallOutcome.Abandoned _ -> false;
        };
    }
}
