package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Trying;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each behaviour of the testbed's carrier, and what becomes of a call that meets it.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class OutcomesSystemTest {

    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration GIVEN_UP = Stage.T1.multipliedBy(64);
    private static final SipStatus TERMINATED = status(487);

    @Test
    void a_phone_that_rings_has_seen_the_caller_id() {
        try (var stage = Stage.with("ring")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED)).matches(CallOutcome::showedCallerId);
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, Trying.class).response()).isEqualTo(status(100));
            assertThat(stage.eventOf(call, Ringing.class).response()).isEqualTo(status(180));
            assertThat(stage.eventOf(call, HangingUp.class).late()).isPresent();
            assertThat(stage.between(call, Ringing.class, HangingUp.class))
                    .isBetween(stage.ring(), stage.ring().plusMillis(200));
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().requests().cancels()).isOne();
            assertThat(stage.counted(Metric.RETRANSMISSIONS)).isZero();
        }
    }

    @Test
    void with_a_ring_time_of_nothing_the_cancel_leaves_at_the_first_ringing() {
        try (var stage = Stage.with("ring")) {
            String call = stage.placeRinging(Duration.ZERO);
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.between(call, Ringing.class, HangingUp.class)).isZero();
            stage.everythingIsOver();
        }
    }

    @Test
    void ringing_after_early_media_counts() {
        try (var stage = Stage.with("early-media-then-ring")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, Ringing.class).response()).isEqualTo(status(180));
            assertThat(stage.between(call, Placed.class, Ringing.class)).isGreaterThan(Duration.ofMillis(240));
            stage.everythingIsOver();
        }
    }

    @Test
    void early_media_alone_is_not_ringing_and_ends_at_the_setup_timeout() {
        try (var stage = Stage.with("early-media-only")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RINGING, TERMINATED, Optional.empty()))
                    .matches(outcome -> !outcome.showedCallerId());
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, HangingUp.class).late()).isEmpty();
            assertThat(stage.between(call, Placed.class, HangingUp.class))
                    .isBetween(Stage.SETUP, Stage.SETUP.plusMillis(400));
            stage.everythingIsOver();
        }
    }

    @Test
    void early_media_is_ringing_at_once_where_the_trunk_says_so() {
        try (var stage = Scene.of("early-media-only")
                .ringPolicy(new RingPolicy.Also183())
                .start()) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, Ringing.class).response()).isEqualTo(status(183));
            stage.everythingIsOver();
        }
    }

    @Test
    void early_media_is_ringing_after_a_while_where_the_trunk_says_so() {
        var delay = Duration.ofMillis(150);
        try (var stage = Scene.of("early-media-only")
                .ringPolicy(new RingPolicy.After183(delay))
                .start()) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, Ringing.class).response().code()).isEqualTo(183);
            assertThat(stage.between(call, Placed.class, Ringing.class))
                    .isGreaterThanOrEqualTo(delay.plusMillis(45))
                    .isLessThan(delay.plusMillis(400));
            stage.everythingIsOver();
        }
    }

    @Test
    void ringing_overtakes_early_media_that_would_have_counted_later() {
        try (var stage = Scene.of("early-media-then-ring")
                .ringPolicy(new RingPolicy.After183(LONG))
                .start()) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.eventOf(call, Ringing.class).response()).isEqualTo(status(180));
            stage.everythingIsOver();
        }
    }

    @Test
    void the_setup_timeout_comes_before_early_media_that_would_have_counted_later() {
        try (var stage = Scene.of("early-media-only")
                .ringPolicy(new RingPolicy.After183(LONG))
                .start()) {
            assertThat(stage.outcome()).isEqualTo(new Failed(FailureCause.NO_RINGING, TERMINATED, Optional.empty()));
            stage.everythingIsOver();
        }
    }

    @Test
    void a_phone_that_is_picked_up_while_it_rings_has_answered_after_ringing() {
        try (var stage = Stage.with("ring-then-answer")) {
            String call = stage.placeRinging(LONG);
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Answered(true, status(200)))
                    .matches(CallOutcome::showedCallerId);
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, HangingUp.class).late()).isEmpty();
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().requests())
                    .matches(seen -> seen.cancels() == 0 && seen.acks() == 1 && seen.byes() == 1);
        }
    }

    @Test
    void a_phone_that_would_be_picked_up_later_has_only_rung() {
        try (var stage = Stage.with("ring-then-answer")) {
            assertThat(stage.outcome()).isEqualTo(new Rang(TERMINATED));
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().calls().answered()).isZero();
        }
    }

    @Test
    void what_is_answered_behind_two_proxies_is_released_through_them() {
        try (var stage = Stage.with("ring-then-answer:routes=2")) {
            assertThat(stage.outcomeOf(stage.placeRinging(LONG))).isEqualTo(new Answered(true, status(200)));
            stage.everythingIsOver();
            assertThat(stage.received("BYE").getFirst().text()).containsPattern("(?s)Route: .*Route: ");
        }
    }

    @Test
    void an_answer_without_ringing_has_shown_nothing() {
        try (var stage = Stage.with("answer-at-once")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Answered(false, status(200)))
                    .matches(outcome -> !outcome.showedCallerId());
            assertThat(stage.storyOf(call)).containsExactly("Placed", "HangingUp", "Ended");
            stage.everythingIsOver();
        }
    }

    @Test
    void an_answer_that_crosses_our_cancel_is_acknowledged_and_hung_up() {
        try (var stage = Stage.with("answer-on-cancel")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Answered(true, status(200)))
                    .matches(CallOutcome::showedCallerId);
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().requests())
                    .matches(seen -> seen.cancels() == 1 && seen.acks() == 1 && seen.byes() == 1);
        }
    }

    @Test
    void each_of_two_forks_that_answer_across_our_cancel_is_acknowledged_and_hung_up() {
        try (var stage = Stage.with("answer-on-cancel:legs=2")) {
            assertThat(stage.outcome()).isEqualTo(new Answered(true, status(200)));
            stage.everythingIsOver();
            assertThat(stage.counted(Metric.ANSWERS_RELEASED)).isEqualTo(2);
            assertThat(legs(stage, "ACK")).hasSize(2).isEqualTo(legs(stage, "BYE"));
        }
    }

    @Test
    void a_phone_in_use_has_declined() {
        try (var stage = Stage.with("busy")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Declined(DeclineCause.BUSY, status(486)))
                    .matches(outcome -> !outcome.showedCallerId());
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ended");
            stage.everythingIsOver();
        }
    }

    @Test
    void a_callee_who_presses_reject_has_seen_the_caller_id() {
        try (var stage = Stage.with("decline-while-ringing")) {
            String call = stage.placeRinging(LONG);
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(603))).matches(CallOutcome::showedCallerId);
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "Ended");
            stage.everythingIsOver();
        }
    }

    @Test
    void silence_is_no_response_and_no_cancel_and_keeps_its_slot_until_timer_b() {
        try (var stage = Stage.with("silent")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Ended");
            assertThat(stage.between(call, Placed.class, Ended.class))
                    .isBetween(Stage.SETUP, Stage.SETUP.plusMillis(400));
            assertThat(stage.engine.snapshot().live()).as("slots kept").isOne();
            long retransmissions = stage.counted(Metric.RETRANSMISSIONS);
            assertThat(retransmissions).as("at 100, 300, 700 ms").isBetween(2L, 3L);
            stage.nothingIsLeft();
            assertThat(stage.counted(Metric.RETRANSMISSIONS))
                    .as("none after the setup timeout")
                    .isEqualTo(retransmissions);
            assertThat(stage.carrier().counters().requests())
                    .matches(seen ->
                            seen.cancels() == 0 && seen.invites() == 1 && seen.invitesRepeated() == retransmissions);
        }
    }

    @Test
    void a_late_ringing_after_no_response_gets_its_cancel_and_changes_nothing() {
        try (var stage = Scene.of("ring:pdd=900ms,trying=false")
                .setup(Duration.ofMillis(300))
                .start()) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()));
            stage.everythingIsOver();
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Ended");
            assertThat(stage.carrier().counters().requests()).matches(seen -> seen.cancels() == 1 && seen.acks() == 1);
        }
    }

    @Test
    void a_late_answer_after_no_response_is_acknowledged_and_hung_up_and_changes_nothing() {
        try (var stage = Scene.of("answer-at-once:pdd=900ms")
                .setup(Duration.ofMillis(300))
                .start()) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()));
            Stage.waitUntil(
                    () -> stage.carrier().counters().requests().byes() == 1,
                    () -> "a BYE, but saw " + stage.carrier().counters().requests());
            stage.everythingIsOver();
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Ended");
        }
    }

    @Test
    void trying_and_no_more_ends_at_the_setup_timeout() {
        try (var stage = Stage.with("trying-only")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.NO_RINGING, TERMINATED, Optional.empty()));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "HangingUp", "Ended");
            assertThat(stage.between(call, Placed.class, HangingUp.class))
                    .isBetween(Stage.SETUP, Stage.SETUP.plusMillis(400));
            stage.everythingIsOver();
        }
    }

    @Test
    void two_forks_that_ring_are_one_ringing_and_one_cancel() {
        try (var stage = Stage.with("fork-two-ring")) {
            String call = stage.placeRinging(Duration.ofMillis(150));
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().calls().ringing()).isEqualTo(2);
            assertThat(stage.carrier().counters().requests().cancels()).isOne();
        }
    }

    @Test
    void each_of_two_forks_that_answer_is_acknowledged_and_hung_up() {
        try (var stage = Stage.with("fork-two-answer")) {
            String call = stage.placeRinging(LONG);
            assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(true, status(200)));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            Stage.waitUntil(
                    () -> legs(stage, "BYE").size() == 2,
                    () -> "two BYEs, but saw " + stage.carrier().counters().requests());
            stage.everythingIsOver();
            assertThat(legs(stage, "ACK")).hasSize(2).isEqualTo(legs(stage, "BYE"));
        }
    }

    /// The forks that such a request came for, however often: a slow machine has answers repeated, and each is
    /// acknowledged.
    private static Set<String> legs(Stage stage, String method) {
        return stage.received(method).stream()
                .flatMap(line -> line.text().lines().filter(header -> header.startsWith("To:")))
                .collect(Collectors.toSet());
    }

    @Test
    void without_a_final_after_our_cancel_a_call_that_rang_ends_after_64_t1() {
        try (var stage = Stage.with("no-487")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(SipStatus.NONE));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            assertThat(stage.between(call, HangingUp.class, Ended.class)).isBetween(GIVEN_UP, GIVEN_UP.plusMillis(400));
            stage.nothingIsLeft();
            assertThat(stage.carrier().counters().requests().cancels()).isOne();
        }
    }

    @Test
    void an_unanswered_cancel_is_repeated_until_64_t1() {
        try (var stage = Stage.with("no-cancel-answer")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(SipStatus.NONE));
            assertThat(stage.between(call, HangingUp.class, Ended.class)).isBetween(GIVEN_UP, GIVEN_UP.plusMillis(400));
            stage.nothingIsLeft();
            assertThat(stage.carrier().counters().requests().cancels())
                    .as(
                            "at 0, 100, 300, 700, 1500 ms, then each 800 ms up to 6400 ms; fewer where each is a little late")
                    .isBetween(8L, 11L);
        }
    }

    @Test
    void responses_from_another_port_of_the_trunk_count() {
        try (var stage = Stage.with("other-port")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
        }
    }

    @Test
    void an_answer_from_another_port_of_the_trunk_is_released() {
        try (var stage = Stage.with("other-port:of=answer-on-cancel")) {
            assertThat(stage.outcome()).isEqualTo(new Answered(true, status(200)));
            stage.everythingIsOver();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"huge-headers", "huge-headers:size=14000"})
    void huge_and_odd_but_legal_responses_are_understood(String behaviour) {
        try (var stage = Stage.with(behaviour)) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
            assertThat(stage.counted(Metric.MALFORMED_DROPPED)).isZero();
        }
    }

    @Test
    void a_huge_and_odd_but_legal_answer_is_released() {
        try (var stage = Stage.with("huge-headers:of=fork-two-answer,routes=2")) {
            assertThat(stage.outcomeOf(stage.placeRinging(LONG)))
                    .isInstanceOf(Answered.class)
                    .matches(CallOutcome::showedCallerId);
            Stage.waitUntil(
                    () -> stage.carrier().counters().requests().byes() == 2,
                    () -> "two BYEs, but saw " + stage.carrier().counters().requests());
            stage.everythingIsOver();
        }
    }

    @Test
    void a_far_end_that_merely_reflects_rings() {
        try (var stage = Stage.with("reflect")) {
            String call = stage.place();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            stage.everythingIsOver();
            assertThat(stage.carrier().counters().requests())
                    .matches(seen -> seen.invites() == 1 && seen.cancels() == 1 && seen.acks() == 1);
        }
    }

    private static SipStatus status(int code) {
        return new SipStatus(code, -1, "");
    }
}
