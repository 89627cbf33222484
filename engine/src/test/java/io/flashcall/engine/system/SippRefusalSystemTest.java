package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.RefusalMeaning;
import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.TrunkOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Refusals that say more than their status, sent by SIPp.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippRefusalSystemTest {

    private static final String NETWORK_BLOCKED = "+442079460161";
    private static final String UNWANTED = "+442079460162";
    private static final String REJECTED = "+442079460163";
    private static final String UNASSIGNED = "+442079460164";

    @Test
    void what_SIPp_refuses_for_is_understood() throws Exception {
        try (var sipp = SippCallee.start("uas-refusals.xml", 4);
                var stage = towards(sipp, TrunkOptions.STANDARD)) {
            assertThat(call(stage, NETWORK_BLOCKED)).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(FailureCause.BLOCKED_BY_ANALYTICS);
                assertThat(failed.last().code()).isEqualTo(603);
            });
            assertThat(call(stage, UNWANTED))
                    .isInstanceOfSatisfying(
                            Declined.class,
                            declined -> assertThat(declined.cause()).isEqualTo(DeclineCause.UNWANTED));
            assertThat(call(stage, REJECTED)).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(FailureCause.BLOCKED_BY_ANALYTICS);
                assertThat(failed.last().redress()).contains(URI.create("https://block.example/redress.json"));
            });
            assertThat(call(stage, UNASSIGNED)).isInstanceOfSatisfying(Declined.class, declined -> {
                assertThat(declined.cause()).isEqualTo(DeclineCause.INVALID_NUMBER);
                assertThat(declined.last().q850Cause()).isEqualTo(1);
            });
            tookAll(sipp, stage, 4);
        }
    }

    @Test
    void a_trunk_that_means_something_else_is_understood_too() throws Exception {
        var means = new RefusalRules(
                Map.of(RefusalRules.NETWORK_BLOCKED, RefusalMeaning.BLOCKED, "q850:1", RefusalMeaning.UNAVAILABLE));
        try (var sipp = SippCallee.start("uas-refusals.xml", 2);
                var stage = towards(sipp, TrunkOptions.STANDARD.withRefusals(means))) {
            assertThat(((Failed) call(stage, NETWORK_BLOCKED)).cause()).isEqualTo(FailureCause.BLOCKED);
            assertThat(((Declined) call(stage, UNASSIGNED)).cause()).isEqualTo(DeclineCause.UNAVAILABLE);
            tookAll(sipp, stage, 2);
        }
    }

    private static Stage towards(SippCallee sipp, TrunkOptions options) {
        return Scene.towards(sipp.address())
                .t1(Duration.ofMillis(500))
                .setup(Duration.ofSeconds(10))
                .options(options)
                .start();
    }

    private static CallOutcome call(Stage stage, String number) {
        return stage.outcomeOf(stage.place(stage.request(number)));
    }

    private static void tookAll(SippCallee sipp, Stage stage, long calls) throws Exception {
        stage.nothingIsLeft();
        assertThat(sipp.statistics())
                .as(sipp::said)
                .containsEntry("SuccessfulCall", calls)
                .containsEntry("FailedCall", 0L)
                .containsEntry("FailedUnexpectedMessage", 0L)
                .containsEntry("OutOfCallMsgs", 0L);
    }
}
