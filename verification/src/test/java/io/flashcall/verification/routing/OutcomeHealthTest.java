package io.flashcall.verification.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.routing.TrunkHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomeHealthTest {

    private static final String A = "carrier-a";

    private Instant now = Instant.EPOCH;
    private final OutcomeHealth health = new OutcomeHealth(List.of(A, "carrier-b"));

    @Test
    void a_trunk_is_up_until_something_is_known_against_it() {
        assertThat(health.states(now))
                .containsExactly(new State(A, true, "ok", now), new State("carrier-b", true, "ok", now));
        assertThat(health.mayTry(A, now)).isTrue();
    }

    @Test
    void what_is_known_of_trunks_that_stay_is_kept_when_others_come_and_go() {
        health.onOutcome(A, overloaded(Duration.ofSeconds(42)), now);
        health.use(List.of("carrier-c", A));

        assertThat(health.state(A, now).up()).isFalse();
        assertThat(health.state("carrier-c", now).up()).isTrue();
        assertThat(health.state("carrier-b", now).reason()).isEqualTo("not configured");
        assertThat(health.mayTry("carrier-b", now)).isFalse();
    }

    @Test
    void a_503_is_taken_at_its_word() {
        health.onOutcome(A, overloaded(Duration.ofSeconds(42)), now);

        assertThat(health.state(A, now)).isEqualTo(new State(A, false, "overloaded", now.plusSeconds(42)));
        assertThat(health.state("carrier-b", now).up()).isTrue();
        pass(Duration.ofSeconds(42).minusNanos(1));
        assertThat(health.state(A, now).up()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(health.state(A, now)).isEqualTo(new State(A, true, "ok", now));
    }

    @Test
    void without_a_word_a_503_means_ten_seconds_and_never_more_than_five_minutes() {
        health.onOutcome(A, new CallOutcome.Failed(FailureCause.OVERLOADED, SipStatus.NONE, Optional.empty()), now);
        assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(10));

        health.onOutcome(A, overloaded(Duration.ofDays(365_000)), now);
        assertThat(health.state(A, now).until()).isEqualTo(now.plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_second_503_never_shortens_the_first() {
        health.onOutcome(A, overloaded(Duration.ofSeconds(60)), now);
        health.onOutcome(A, overloaded(Duration.ofSeconds(1)), now);
        assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void five_calls_in_a_row_without_an_answer_are_ten_seconds_of_rest() {
        silent(4);
        assertThat(health.state(A, now).up()).isTrue();
        silent(1);
        assertThat(health.state(A, now))
                .isEqualTo(new State(A, false, "5 calls in a row without an answer", now.plusSeconds(10)));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCause.class,
            mode = Mode.EXCLUDE,
            names = {"NO_RESPONSE", "UNREACHABLE", "OVERLOADED"})
    void any_answer_breaks_the_row(FailureCause cause) {
        silent(4);
        health.onOutcome(A, failed(cause), now);
        silent(4);
        assertThat(health.state(A, now).up()).isTrue();
    }

    @Test
    void a_call_that_rang_was_declined_or_answered_breaks_the_row_and_one_that_we_gave_up_does_not() {
        for (var outcome : List.of(
                new CallOutcome.Rang(SipStatus.NONE),
                new CallOutcome.Answered(false, SipStatus.NONE),
                new CallOutcome.Declined(CallOutcome.DeclineCause.BUSY, SipStatus.NONE))) {
            silent(4);
            health.onOutcome(A, outcome, now);
        }
        silent(4);
        assertThat(health.state(A, now).up()).isTrue();
        health.onOutcome(A, new CallOutcome.Abandoned(SipStatus.NONE), now);
        silent(1);
        assertThat(health.state(A, now).up()).isFalse();
    }

    @Test
    void one_call_finds_out_whether_it_is_back_and_the_others_wait_for_that() {
        silent(5);
        pass(Duration.ofSeconds(10));

        assertThat(health.mayTry(A, now)).isTrue();
        assertThat(health.mayTry(A, now)).isFalse();

        health.onOutcome(A, new CallOutcome.Rang(SipStatus.NONE), now);
        assertThat(health.mayTry(A, now)).isTrue();
        assertThat(health.mayTry(A, now)).isTrue();
    }

    @Test
    void while_it_stays_silent_each_rest_is_twice_as_long_up_to_two_minutes() {
        silent(5);
        for (int seconds : new int[] {10, 20, 40, 80, 120, 120}) {
            assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(seconds));
            pass(Duration.ofSeconds(seconds));
            assertThat(health.mayTry(A, now)).isTrue();
            silent(1);
        }
        pass(Duration.ofMinutes(2));
        health.onOutcome(A, new CallOutcome.Rang(SipStatus.NONE), now);
        silent(5);
        assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void calls_that_were_in_the_air_when_the_rest_began_do_not_prolong_it() {
        silent(5);
        pass(Duration.ofSeconds(3));
        silent(100);
        assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(7));
    }

    @Test
    void a_probe_of_which_nothing_is_heard_does_not_keep_the_trunk_down_for_ever() {
        silent(5);
        pass(Duration.ofSeconds(10));
        assertThat(health.mayTry(A, now)).isTrue();
        pass(Duration.ofSeconds(10));
        assertThat(health.mayTry(A, now)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Admission.Reason.class,
            names = {"BUSY", "PACED", "NO_CHANNEL", "BACKING_OFF", "GUARDED"})
    void want_of_room_passes_in_a_moment(Admission.Reason reason) {
        health.onRefusal(A, reason, now);
        assertThat(health.state(A, now).up()).isFalse();
        assertThat(health.state(A, now).until()).isEqualTo(now.plusMillis(250));
        pass(Duration.ofMillis(250));
        assertThat(health.mayTry(A, now)).isTrue();
        assertThat(health.mayTry(A, now)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Admission.Reason.class,
            mode = Mode.EXCLUDE,
            names = {"BUSY", "PACED", "NO_CHANNEL", "BACKING_OFF", "GUARDED"})
    void other_refusals_tell_nothing_about_the_trunk(Admission.Reason reason) {
        health.onRefusal(A, reason, now);
        assertThat(health.state(A, now).up()).isTrue();
    }

    @Test
    void the_longer_of_two_reasons_is_told() {
        health.onOutcome(A, overloaded(Duration.ofSeconds(5)), now);
        silent(5);
        assertThat(health.state(A, now).reason()).isEqualTo("5 calls in a row without an answer");
        assertThat(health.state(A, now).until()).isEqualTo(now.plusSeconds(10));
        health.onOutcome(A, overloaded(Duration.ofSeconds(30)), now);
        assertThat(health.state(A, now)).isEqualTo(new State(A, false, "overloaded", now.plusSeconds(30)));
    }

    @Test
    void a_trunk_that_is_not_configured_takes_no_calls() {
        health.onOutcome("other", overloaded(Duration.ofSeconds(5)), now);
        health.onRefusal("other", Admission.Reason.BUSY, now);
        assertThat(health.state("other", now).up()).isFalse();
        assertThat(health.mayTry("other", now)).isFalse();
        assertThat(health.states(now)).hasSize(2);
    }

    private void silent(int calls) {
        for (int i = 0; i < calls; i++) {
            health.onOutcome(A, failed(i % 2 == 0 ? FailureCause.NO_RESPONSE : FailureCause.UNREACHABLE), now);
        }
    }

    private static CallOutcome failed(FailureCause cause) {
        return new CallOutcome.Failed(cause, SipStatus.NONE, Optional.empty());
    }

    private static CallOutcome overloaded(Duration retryAfter) {
        return new CallOutcome.Failed(FailureCause.OVERLOADED, SipStatus.NONE, Optional.of(retryAfter));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
