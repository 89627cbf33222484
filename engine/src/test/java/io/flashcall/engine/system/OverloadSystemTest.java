package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission;
import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.telemetry.EngineSnapshot.TrunkSnapshot;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Overload;
import io.flashcall.testbed.behaviour.Dialplan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Carriers with too much to do, and trunks that are given a rest: over loopback, with the testbed's carrier and
/// SIPp.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadSystemTest {

    private static final TrunkOptions HEEDING = TrunkOptions.STANDARD.withOverloadControl(true);
    private static final int CALLS_A_SECOND = 300;

    /// Of 600 calls each is withheld with a chance of one half: 300, and 100 more or fewer are eight deviations.
    @Test
    void a_carrier_that_wants_half_of_its_calls_withheld_gets_about_half_and_all_when_it_is_over() {
        try (var stage = Scene.of("ring:pdd=1ms").options(HEEDING).unrecorded().start()) {
            stage.carrier().overload(new Overload("loss", 50, Duration.ofSeconds(20), 1.5));
            stage.place();
            Stage.waitUntil(() -> trunk(stage).withheld() == 0.5, () -> "half to be withheld");
            var refused = place(stage, 2 * CALLS_A_SECOND);
            long sent = stage.accepted() - 1;
            assertThat(sent).as("calls sent of 600").isBetween(200L, 400L);
            assertThat(refused).containsOnlyKeys(Reason.OVERLOADED);
            stage.everyCallHasEnded();
            assertThat(stage.carrier().counters().requests().invites()).isEqualTo(sent + 1);
            assertThat(stage.engine.snapshot().refused().get(Reason.OVERLOADED)).isEqualTo(2L * CALLS_A_SECOND - sent);

            stage.carrier().overload(new Overload("loss", 50, Duration.ofMillis(100), 2.5));
            placeOne(stage);
            Stage.waitUntil(() -> trunk(stage).withheld() == 0, () -> "the last word to lapse");
            stage.carrier().relax();
            assertThat(place(stage, 100)).isEmpty();
            stage.everythingIsOver();
            assertThat(stage.counted(Metric.OVERLOAD_UNUSABLE)).isZero();
            Gates.report("overload: of %d calls at %d/s a carrier that wanted 50 %% withheld got %d"
                    .formatted(2 * CALLS_A_SECOND, CALLS_A_SECOND, sent));
        }
    }

    @Test
    void a_carrier_that_asks_to_be_left_alone_is_and_gets_its_calls_back() {
        try (var stage = Scene.of("status-503:retry-after=1").unrecorded().start()) {
            stage.place();
            stage.everyCallHasEnded();
            var refused = place(stage, 2 * CALLS_A_SECOND);
            assertThat(refused).containsOnlyKeys(Reason.BACKING_OFF);
            long sent = stage.carrier().counters().requests().invites();
            assertThat(sent).as("INVITEs of 601 calls").isBetween(1L, 60L);
            assertThat(trunk(stage).name()).isEqualTo(Stage.TRUNK);

            stage.carrier().switchTo(Dialplan.parse("ring:pdd=1ms"));
            placeOne(stage);
            stage.everythingIsOver();
            assertThat(stage.outcomes().keySet())
                    .anyMatch(Rang.class::isInstance)
                    .anySatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Failed.class,
                                    failed -> assertThat(failed.cause()).isEqualTo(FailureCause.OVERLOADED)));
            Gates.report("back-off: of %d calls at %d/s a carrier with Retry-After: 1 saw %d INVITEs"
                    .formatted(2 * CALLS_A_SECOND + 1, CALLS_A_SECOND, sent));
        }
    }

    @Test
    void a_trunk_whose_calls_are_answered_is_guarded_tested_and_opened_again() {
        var limits = new Limits(OptionalInt.of(20), OptionalInt.empty(), OptionalInt.empty());
        var guards =
                new GuardPolicy(limits, Duration.ofSeconds(6), Duration.ofMinutes(1), 10, Duration.ofSeconds(1), 3);
        try (var stage = Scene.of("answer-at-once")
                .options(TrunkOptions.STANDARD.withGuards(guards))
                .start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(stage.outcome()).isInstanceOf(Answered.class);
            }
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.GUARDED);
            assertThat(trunk(stage).guarded()).isTrue();

            stage.carrier().switchTo(Dialplan.parse("ring:pdd=1ms"));
            Stage.waitUntil(() -> stage.ask(stage.request()) instanceof Accepted, () -> "a test call");
            stage.place();
            stage.place();
            assertThat(stage.refusal(stage.request())).as("more than three").isEqualTo(Reason.GUARDED);
            stage.everyCallHasEnded();
            Stage.waitUntil(() -> !trunk(stage).guarded(), () -> "the guard to open");
            stage.place();
            stage.everythingIsOver();
        }
    }

    // SIPp, which none of us wrote.

    @Test
    void what_SIPp_says_of_its_load_in_the_Via_is_heeded() throws Exception {
        try (var sipp = SippCallee.start("uas-overload-feedback.xml", 1);
                var stage = Scene.towards(sipp.address()).options(HEEDING).start()) {
            stage.outcome();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.OVERLOADED);
            assertThat(trunk(stage).withheld()).isOne();
            assertThat(stage.counted(Metric.OVERLOAD_TAKEN)).isPositive();
            assertThat(stage.counted(Metric.OVERLOAD_UNUSABLE)).isZero();
            assertThat(sipp.statistics()).containsEntry("SuccessfulCall", 1L).containsEntry("FailedCall", 0L);
        }
    }

    @Test
    void SIPp_is_left_alone_when_it_asks_for_it() throws Exception {
        try (var sipp = SippCallee.start("uas-unavailable.xml", 1);
                var stage = Scene.towards(sipp.address()).start()) {
            assertThat(stage.outcome())
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.retryAfter()).contains(Duration.ofSeconds(30)));
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.BACKING_OFF);
            assertThat(trunk(stage).backingOff()).isTrue();
            assertThat(sipp.statistics()).containsEntry("SuccessfulCall", 1L).containsEntry("FailedCall", 0L);
        }
    }

    // What it takes.

    private static TrunkSnapshot trunk(Stage stage) {
        return stage.engine.snapshot().trunks().getFirst();
    }

    /// Asks until a call is accepted.
    private static void placeOne(Stage stage) {
        Stage.waitUntil(() -> stage.ask(stage.request()) instanceof Accepted, () -> "a call accepted");
    }

    /// @return how often which refusal was given
    private static Map<Reason, Long> place(Stage stage, int calls) {
        var refused = new EnumMap<Reason, Long>(Reason.class);
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long due = start + i * 1_000_000_000L / CALLS_A_SECOND;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Admission admission = stage.ask(stage.request());
            if (admission instanceof Refused(var reason)) {
                refused.merge(reason, 1L, Long::sum);
            }
        }
        return refused;
    }
}
