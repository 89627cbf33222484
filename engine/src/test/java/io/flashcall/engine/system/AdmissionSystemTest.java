package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Trying;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which calls are taken, when they begin, and how one is called off.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AdmissionSystemTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");

    // Refusals.

    @Test
    void a_trunk_without_that_name_is_unknown() {
        try (var stage = Stage.with("ring")) {
            assertThat(stage.refusal(CallRequest.of("elsewhere", Stage.FROM, Stage.TO, "a")))
                    .isEqualTo(Reason.UNKNOWN_TRUNK);
            nothingWasSent(stage);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "442079460123",
                "+0442079460123",
                "+44207",
                "+4420794601234567",
                "+44 2079460123",
                "+44207946012x",
                "+44207946\u0660\u0661\u0662\u0663",
                "00442079460123"
            })
    void what_is_no_e164_number_is_a_bad_number(String number) {
        try (var stage = Stage.with("ring")) {
            assertThat(stage.refusal(CallRequest.of(Stage.TRUNK, Stage.FROM, number, "to")))
                    .isEqualTo(Reason.BAD_NUMBER);
            assertThat(stage.refusal(CallRequest.of(Stage.TRUNK, number, Stage.TO, "from")))
                    .isEqualTo(Reason.BAD_NUMBER);
            nothingWasSent(stage);
        }
    }

    @Test
    void a_caller_id_outside_the_trunks_ranges_is_not_owned() {
        try (var stage = Stage.with("ring")) {
            for (var from : List.of("+12025560000", "+12025549999", "+120255501230", "+1202555012", "+442079460123")) {
                assertThat(stage.refusal(CallRequest.of(Stage.TRUNK, from, Stage.TO, from)))
                        .as(from)
                        .isEqualTo(Reason.CALLER_ID_NOT_OWNED);
            }
            nothingWasSent(stage);
        }
    }

    @Test
    void without_leave_to_make_flash_calls_no_caller_id_is_owned() {
        var owned = List.of(CallerIds.Range.parse("+1202555xxxx"));
        try (var stage = Scene.of("ring").callerIds(new CallerIds(owned, false)).start()) {
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.CALLER_ID_NOT_OWNED);
            nothingWasSent(stage);
        }
    }

    @Test
    void a_reference_is_taken_until_its_call_has_ended() {
        try (var stage = Stage.with("ring")) {
            var request = stage.request().withRingTime(LONG);
            stage.place(request);
            stage.eventOf(request.reference(), Ringing.class);
            assertThat(stage.refusal(request)).isEqualTo(Reason.DUPLICATE_REFERENCE);

            assertThat(stage.engine.hangUp(stage.idOf(request.reference()))).isTrue();
            stage.outcomeOf(request.reference());
            var again = CallRequest.of(Stage.TRUNK, Stage.FROM, Stage.TO, request.reference());
            stage.place(again);
            Stage.waitUntil(() -> stage.ended() == 2, () -> "two ends, but saw " + stage.outcomes());
            Stage.waitUntil(
                    () -> stage.engine.snapshot().live() == 0,
                    () -> "no slot, but " + stage.engine.snapshot().live());
        }
    }

    @Test
    void a_refused_call_leaves_its_reference_free() {
        try (var stage = Scene.of("ring").channels(1).start()) {
            String first = stage.placeRinging(LONG);
            var second = stage.request();
            assertThat(stage.refusal(second)).isEqualTo(Reason.NO_CHANNEL);
            assertThat(stage.refusal(second)).isEqualTo(Reason.NO_CHANNEL);
            stage.engine.hangUp(stage.idOf(first));
            stage.outcomeOf(first);
            Stage.waitUntil(
                    () -> stage.engine.snapshot().live() == 0,
                    () -> "no slot, but " + stage.engine.snapshot().live());
            assertThat(stage.outcomeOf(stage.place(second))).isEqualTo(new Rang(TERMINATED));
            stage.everythingIsOver();
        }
    }

    @Test
    void a_trunk_has_no_more_channels_than_agreed() {
        try (var stage = Scene.of("ring").channels(3).start()) {
            var calls = List.of(stage.placeRinging(LONG), stage.placeRinging(LONG), stage.placeRinging(LONG));
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.NO_CHANNEL);
            hangUpAndForget(stage, calls);
            for (int round = 0; round < 3; round++) {
                stage.place();
            }
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.NO_CHANNEL);
            stage.everythingIsOver();
        }
    }

    @Test
    void an_engine_whose_slots_are_taken_is_busy() {
        try (var stage = Scene.of("ring").slots(2).start()) {
            var calls = List.of(stage.placeRinging(LONG), stage.placeRinging(LONG));
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.BUSY);
            hangUpAndForget(stage, calls);
            assertThat(stage.outcome()).isEqualTo(new Rang(TERMINATED));
            stage.everythingIsOver();
        }
    }

    @Test
    void an_engine_whose_events_are_not_consumed_is_busy_and_loses_none() {
        var latch = new CountDownLatch(1);
        try (var stage =
                Scene.of("ring").eventRoom(10).listener(_ -> await(latch)).start()) {
            String first = stage.place();
            String second = stage.place();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.BUSY);
            Stage.waitUntil(
                    () -> stage.engine.snapshot().live() == 0,
                    () -> "both calls over on the wire, but live "
                            + stage.engine.snapshot().live());
            assertThat(stage.hasEnded(first) || stage.hasEnded(second)).isFalse();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.BUSY);

            latch.countDown();
            stage.everythingIsOver();
            for (var call : List.of(first, second)) {
                assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            }
            for (int round = 0; round < 5; round++) {
                stage.outcomeOf(stage.place());
            }
            assertThat(stage.engine.drain(LONG).complete()).isTrue();
        } finally {
            latch.countDown();
        }
    }

    @Test
    void a_call_that_would_wait_for_more_than_2_s_is_paced() {
        try (var stage = Scene.of("ring").callsPerSecond(2).start()) {
            var waiting = new ArrayList<String>();
            for (int i = 0; i < 5; i++) {
                waiting.add(stage.place());
            }
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.PACED);
            assertThat(stage.engine.snapshot().live()).isEqualTo(5);

            for (var call : waiting.subList(1, 5)) {
                assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
                assertThat(stage.outcomeOf(call)).isEqualTo(new Abandoned(SipStatus.NONE));
                assertThat(stage.storyOf(call)).containsExactly("Ended");
            }
            stage.outcomeOf(waiting.getFirst());
            assertThat(stage.carrier().counters().requests().invites()).isOne();
        }
    }

    @Test
    void invites_leave_no_faster_than_the_trunks_pace() {
        try (var stage = Scene.of("ring").callsPerSecond(25).start()) {
            var begin = Instant.now();
            var calls = new ArrayList<String>();
            for (int i = 0; i < 15; i++) {
                calls.add(stage.place());
            }
            calls.forEach(stage::outcomeOf);
            stage.everythingIsOver();
            var invites = stage.received("INVITE");
            assertThat(invites).hasSize(15);
            for (int i = 0; i < 15; i++) {
                assertThat(Duration.between(begin, invites.get(i).at()))
                        .as("INVITE %d", i)
                        .isBetween(Duration.ofMillis(40L * i - 1), Duration.ofMillis(40L * i + 200));
            }
        }
    }

    @Test
    void a_draining_engine_takes_no_call() {
        try (var stage = Stage.with("ring")) {
            assertThat(stage.engine.drain(Duration.ZERO).complete()).isTrue();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.DRAINING);
            stage.engine.close();
            assertThat(stage.refusal(stage.request())).isEqualTo(Reason.DRAINING);
            nothingWasSent(stage);
        }
    }

    // Hanging up.

    @Test
    void a_call_hung_up_before_any_response_is_cancelled_when_one_comes() {
        try (var stage = Stage.with("early-media-only:pdd=200ms,trying=false")) {
            String call = stage.place();
            stage.eventOf(call, Placed.class);
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Abandoned(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "HangingUp", "Ended");
            stage.everythingIsOver();
            assertThat(stage.received("CANCEL").getFirst().at())
                    .isAfterOrEqualTo(stage.sent("SIP/2.0 183").getFirst().at());
        }
    }

    @Test
    void a_call_hung_up_before_any_response_may_still_ring_and_then_has_rung() {
        try (var stage = Stage.with("ring:pdd=200ms,trying=false")) {
            String call = stage.place();
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Ringing", "HangingUp", "Ended");
            assertThat(stage.between(call, Ringing.class, HangingUp.class)).isZero();
            stage.everythingIsOver();
        }
    }

    @Test
    void a_call_hung_up_before_any_response_may_still_be_answered_and_is_released() {
        try (var stage = Stage.with("answer-at-once:pdd=200ms")) {
            String call = stage.place();
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, new SipStatus(200, -1, "")));
            stage.everythingIsOver();
        }
    }

    @Test
    void a_silent_call_hung_up_is_abandoned_at_the_setup_timeout_without_a_cancel() {
        try (var stage = Stage.with("silent")) {
            String call = stage.place();
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Abandoned(SipStatus.NONE));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Ended");
            stage.nothingIsLeft();
            assertThat(stage.received("CANCEL")).isEmpty();
        }
    }

    @Test
    void a_call_hung_up_before_ringing_is_abandoned() {
        try (var stage = Stage.with("trying-only")) {
            String call = stage.place();
            stage.eventOf(call, Trying.class);
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.outcomeOf(call)).isEqualTo(new Abandoned(TERMINATED));
            assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "HangingUp", "Ended");
            assertThat(stage.eventOf(call, HangingUp.class).late()).isEmpty();
            stage.everythingIsOver();
        }
    }

    @Test
    void a_call_hung_up_while_it_rings_has_rung() {
        try (var stage = Stage.with("ring")) {
            String call = stage.placeRinging(LONG);
            stage.eventOf(call, Ringing.class);
            assertThat(stage.engine.hangUp(stage.idOf(call))).isTrue();
            assertThat(stage.engine.hangUp(stage.idOf(call)))
                    .as("again, harmless")
                    .isIn(true, false);
            assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(TERMINATED));
            assertThat(stage.eventOf(call, HangingUp.class).late()).isEmpty();
            stage.everythingIsOver();
            assertThat(stage.received("CANCEL")).hasSize(1);
        }
    }

    @Test
    void what_is_not_live_cannot_be_hung_up() {
        try (var stage = Stage.with("ring")) {
            String call = stage.place();
            stage.outcomeOf(call);
            stage.everythingIsOver();
            var id = stage.idOf(call);
            assertThat(stage.engine.hangUp(id)).isFalse();
            assertThat(stage.engine.hangUp(new CallId(0))).isFalse();
            assertThat(stage.engine.hangUp(new CallId(-1))).isFalse();
            assertThat(stage.engine.hangUp(new CallId(id.value() + 0x100))).isFalse();
            String next = stage.placeRinging(Duration.ofMillis(200));
            assertThat(stage.engine.hangUp(id)).as("the slot's former call").isFalse();
            assertThat(stage.outcomeOf(next)).isEqualTo(new Rang(TERMINATED));
        }
    }

    private static void hangUpAndForget(Stage stage, List<String> calls) {
        calls.forEach(call -> stage.engine.hangUp(stage.idOf(call)));
        calls.forEach(stage::outcomeOf);
        Stage.waitUntil(
                () -> stage.engine.snapshot().live() == 0,
                () -> "no slot, but " + stage.engine.snapshot().live());
    }

    private static void nothingWasSent(Stage stage) {
        assertThat(stage.engine.snapshot().live()).isZero();
        assertThat(stage.receivedBytes()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
