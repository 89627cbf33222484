package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// When a trunk as a whole gets no calls, and how they come back.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BackOffTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = -3 * SECOND;
    private final BackOff backOff = new BackOff("a");
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void a_trunk_that_nobody_complains_of_gets_all_its_calls() {
        assertThat(admitted()).isEqualTo(1_000);
        assertThat(backOff.isResting(now)).isFalse();
    }

    @Test
    void none_go_out_until_the_first_host_may_have_some_again() {
        backOff.rest(now + 30 * SECOND, now);
        assertThat(admitted()).isZero();
        now += 30 * SECOND - 1;
        assertThat(admitted()).isZero();
        assertThat(backOff.isResting(now)).isTrue();
        now += 1;
        assertThat(backOff.isResting(now)).isFalse();
    }

    @Test
    void afterwards_they_come_back_gradually_within_five_seconds() {
        backOff.rest(now + 30 * SECOND, now);
        now += 31 * SECOND;
        assertThat(admitted()).as("after 1 s").isBetween(100, 300);
        now += 2 * SECOND;
        assertThat(admitted()).as("after 3 s").isBetween(500, 700);
        now += 2 * SECOND;
        assertThat(admitted()).as("after 5 s").isEqualTo(1_000);
    }

    @Test
    void the_longest_of_what_was_asked_counts() {
        backOff.rest(now + 30 * SECOND, now);
        backOff.rest(now + 5 * SECOND, now);
        now += 29 * SECOND;
        assertThat(backOff.isResting(now)).isTrue();
    }

    @Test
    void ten_calls_in_a_row_without_another_answer_than_503_mean_the_trunk() {
        unavailable(9);
        assertThat(admitted()).isEqualTo(1_000);
        unavailable(1);
        assertThat(admitted()).isZero();
        now += SECOND;
        assertThat(backOff.isResting(now)).isFalse();
    }

    @Test
    void any_other_answer_in_between_means_that_it_was_the_calls() {
        for (int i = 0; i < 10; i++) {
            unavailable(9);
            backOff.onOtherAnswer();
        }
        assertThat(admitted()).isEqualTo(1_000);
    }

    @Test
    void while_nothing_else_comes_each_rest_is_twice_as_long_30_s_at_most() {
        unavailable(10);
        for (long rest : new long[] {1, 2, 4, 8, 16, 30, 30}) {
            now += rest * SECOND - 1;
            assertThat(backOff.isResting(now)).as("%d s", rest).isTrue();
            now += 1;
            assertThat(backOff.isResting(now)).as("%d s", rest).isFalse();
            unavailable(1);
        }
        now += 30 * SECOND;
        backOff.onOtherAnswer();
        unavailable(10);
        now += SECOND;
        assertThat(backOff.isResting(now)).as("from the start again").isFalse();
    }

    @Test
    void calls_that_were_under_way_when_the_rest_began_do_not_prolong_it() {
        unavailable(10);
        unavailable(100);
        now += SECOND;
        assertThat(backOff.isResting(now)).isFalse();
    }

    @Test
    void other_hosts_have_asked_for_nothing() {
        backOff.rest(now + 30 * SECOND, now);
        backOff.forget();
        assertThat(admitted()).isEqualTo(1_000);
    }

    private void unavailable(int calls) {
        for (int i = 0; i < calls; i++) {
            backOff.onUnavailable(now);
        }
    }

    /// Of 1,000.
    private int admitted() {
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += backOff.admits(now, random.nextInt()) ? 1 : 0;
        }
        return admitted;
    }
}
