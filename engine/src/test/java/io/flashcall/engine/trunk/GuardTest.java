package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import io.flashcall.engine.trunk.Guard.State;
import java.time.Duration;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A guard with a window of 60 s, which judges from 20 calls on, rests for 30 s and then sends 5 test calls.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardTest {

    private static final long SECOND = 1_000_000_000L;
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final Limits ANSWERED_20 = new Limits(OptionalInt.of(20), NONE, NONE);
    private static final Limits SHORT_20 = new Limits(NONE, OptionalInt.of(20), NONE);
    private static final Limits EFFECTIVE_40 = new Limits(NONE, NONE, OptionalInt.of(40));

    private long now = -7 * SECOND;

    @Test
    void without_a_limit_nothing_is_judged() {
        var guard = guard(Limits.NONE);
        assertThat(guard.isOff()).isTrue();
        answered(guard, 1_000, 0);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        assertThat(guard.admits(now)).isTrue();
    }

    @Test
    void too_many_answers_close_it_once_there_are_enough_calls_to_judge() {
        var guard = guard(ANSWERED_20);
        answered(guard, 19, 0);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        rang(guard, 1);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
        assertThat(guard.admits(now)).isFalse();
    }

    @Test
    void at_the_limit_it_stays_open() {
        var guard = guard(ANSWERED_20);
        rang(guard, 80);
        answered(guard, 20, 0);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        answered(guard, 1, 0);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void only_answers_shorter_than_a_short_call_are_short() {
        var guard = guard(SHORT_20);
        answered(guard, 100, 6 * SECOND);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        answered(guard, 26, 6 * SECOND - 1);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void too_many_calls_in_vain_close_it() {
        var guard = guard(EFFECTIVE_40);
        rang(guard, 40);
        inVain(guard, 60);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        inVain(guard, 1);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void calls_beyond_the_window_do_not_count() {
        var guard = guard(ANSWERED_20);
        rang(guard, 100);
        answered(guard, 20, 0);
        now += 61 * SECOND;
        answered(guard, 3, 0);
        rang(guard, 16);
        assertThat(guard.state()).as("19 calls in the window").isEqualTo(State.OPEN);
        answered(guard, 2, 0);
        assertThat(guard.state()).as("5 of 21").isEqualTo(State.CLOSED);
    }

    @Test
    void after_its_rest_a_few_calls_test_it_and_open_it_again() {
        var guard = closed();
        now += 30 * SECOND - 1;
        assertThat(guard.admits(now)).isFalse();
        now += 1;
        for (int i = 0; i < 5; i++) {
            assertThat(guard.admits(now)).isTrue();
        }
        assertThat(guard.admits(now)).as("the sixth").isFalse();
        assertThat(guard.state()).isEqualTo(State.TESTING);
        rang(guard, 4);
        assertThat(guard.admits(now)).isFalse();
        answered(guard, 1, 0);
        assertThat(guard.state()).as("one of five proves nothing").isEqualTo(State.OPEN);
        assertThat(guard.admits(now)).isTrue();
    }

    @Test
    void test_calls_that_go_as_badly_close_it_again() {
        var guard = closed();
        now += 30 * SECOND;
        for (int i = 0; i < 5; i++) {
            assertThat(guard.admits(now)).isTrue();
        }
        rang(guard, 3);
        answered(guard, 2, 0);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
        now += 30 * SECOND - 1;
        assertThat(guard.admits(now)).isFalse();
        now += 1;
        assertThat(guard.admits(now)).isTrue();
    }

    @Test
    void calls_that_began_before_the_test_do_not_count_in_it() {
        var guard = closed();
        long before = now;
        now += 30 * SECOND;
        assertThat(guard.admits(now)).isTrue();
        for (int i = 0; i < 50; i++) {
            guard.onEnd(true, 0, before, now);
        }
        assertThat(guard.state()).isEqualTo(State.TESTING);
    }

    @Test
    void once_open_again_it_begins_to_count_anew() {
        var guard = closed();
        now += 30 * SECOND;
        assertThat(guard.admits(now)).isTrue();
        rang(guard, 5);
        assertThat(guard.state()).isEqualTo(State.OPEN);
        answered(guard, 19, 0);
        assertThat(guard.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_test_call_that_was_not_sent_gives_its_place_back() {
        var guard = closed();
        now += 30 * SECOND;
        for (int i = 0; i < 5; i++) {
            assertThat(guard.admits(now)).isTrue();
        }
        guard.giveBack();
        assertThat(guard.admits(now)).isTrue();
        assertThat(guard.admits(now)).isFalse();
    }

    @Test
    void test_calls_of_which_nothing_is_heard_do_not_keep_it_closed_for_ever() {
        var guard = closed();
        now += 30 * SECOND;
        for (int i = 0; i < 5; i++) {
            assertThat(guard.admits(now)).isTrue();
        }
        now += 30 * SECOND;
        assertThat(guard.admits(now)).isTrue();
    }

    @Test
    void test_calls_that_last_longer_than_the_rest_count_all_the_same() {
        var guard = closed();
        now += 30 * SECOND;
        long first = now;
        for (int i = 0; i < 5; i++) {
            assertThat(guard.admits(now)).isTrue();
        }
        now += 31 * SECOND;
        assertThat(guard.admits(now)).isTrue();
        for (int i = 0; i < 5; i++) {
            guard.onEnd(true, -1, first, now);
        }
        assertThat(guard.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_policy_names_what_is_wrong_with_it() {
        Assertions.assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new Limits(OptionalInt.of(100), OptionalInt.of(-1), OptionalInt.of(0)))
                .withMessageContainingAll(
                        "guards.answered: 100", "guards.short_calls: -1", "guards.effective: 0", "off, or 1 to 100");
        Assertions.assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() ->
                        new GuardPolicy(Limits.NONE, Duration.ZERO, Duration.ofSeconds(9), 9, Duration.ofDays(2), 0))
                .withMessageContainingAll("short_call", "window", "min_calls", "rest", "test_calls");
    }

    private Guard closed() {
        var guard = guard(ANSWERED_20);
        answered(guard, 20, 0);
        assertThat(guard.state()).isEqualTo(State.CLOSED);
        return guard;
    }

    private Guard guard(Limits limits) {
        return new Guard(
                "a",
                new GuardPolicy(limits, Duration.ofSeconds(6), Duration.ofSeconds(60), 20, Duration.ofSeconds(30), 5),
                now);
    }

    private void rang(Guard guard, int calls) {
        ended(guard, calls, true, -1);
    }

    private void answered(Guard guard, int calls, long lasted) {
        ended(guard, calls, true, lasted);
    }

    private void inVain(Guard guard, int calls) {
        ended(guard, calls, false, -1);
    }

    private void ended(Guard guard, int calls, boolean effective, long answered) {
        for (int i = 0; i < calls; i++) {
            guard.onEnd(effective, answered, now, now);
        }
    }
}
