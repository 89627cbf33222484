package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Gate 2: SIPp as the callee, which counts whatever it does not expect. In full 10,000 calls at 1,000 a second.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippGateTest {

    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");
    private static final SipStatus OK = new SipStatus(200, -1, "");

    @Test
    void phones_that_ring_and_handle_cancel_have_rung() throws Exception {
        expect("uas-ring-cancel.xml", Gates.size(500, 10_000), Gates.size(250, 1_000), new Rang(TERMINATED));
    }

    @Test
    void phones_answered_as_the_cancel_comes_are_acknowledged_and_hung_up() throws Exception {
        expect("uas-answer-on-cancel.xml", Gates.size(100, 2_000), Gates.size(100, 500), new Answered(true, OK));
    }

    @Test
    void phones_whose_network_changes_the_session_before_they_ring_have_rung() throws Exception {
        expect("uas-update.xml", Gates.size(60, 1_000), Gates.size(60, 200), new Rang(TERMINATED));
    }

    @Test
    void phones_in_use_are_busy() throws Exception {
        var busy = new SipStatus(486, 17, "Q.850;cause=17;text=\"User busy\"");
        expect("uas-busy.xml", Gates.size(100, 2_000), Gates.size(100, 500), new Declined(DeclineCause.BUSY, busy));
    }

    private static void expect(String scenario, int calls, int perSecond, CallOutcome outcome)
            throws IOException, InterruptedException {
        try (var sipp = SippCallee.start(scenario, calls);
                var stage = Scene.towards(sipp.address())
                        .t1(Duration.ofMillis(500))
                        .ring(Duration.ofMillis(200))
                        .setup(Duration.ofSeconds(10))
                        .unrecorded()
                        .start()) {
            stage.placeMany(calls, perSecond);
            stage.nothingIsLeft();
            assertThat(stage.outcomes()).isEqualTo(Map.of(outcome, (long) calls));
            assertThat(stage.counted(Metric.RESPONSES_UNMATCHED)).isZero();

            var seen = sipp.statistics();
            Gates.report(
                    "2 %s: %d calls at %d/s; SIPp: %d successful, %d failed, %d unexpected, %d repeated; we repeated %d"
                            .formatted(
                                    scenario,
                                    calls,
                                    perSecond,
                                    seen.get("SuccessfulCall"),
                                    seen.get("FailedCall"),
                                    seen.get("FailedUnexpectedMessage"),
                                    seen.get("Retransmissions"),
                                    stage.counted(Metric.RETRANSMISSIONS)));
            assertThat(seen)
                    .as(sipp::said)
                    .containsEntry("SuccessfulCall", (long) calls)
                    .containsEntry("FailedCall", 0L)
                    .containsEntry("FailedUnexpectedMessage", 0L)
                    .containsEntry("OutOfCallMsgs", 0L);
        }
    }
}
