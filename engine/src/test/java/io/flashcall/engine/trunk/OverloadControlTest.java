package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7339 §5: how long what a host says of its load holds, and which of two words counts.
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadControlTest {

    private static final long MILLI = 1_000_000L;

    /// System.nanoTime may begin anywhere, below zero too.
    private long now = -500 * MILLI;

    private final OverloadControl load = new OverloadControl("trunk a, host b");

    @Test
    void a_share_holds_for_its_validity() {
        assertThat(load.loss(now)).isZero();
        assertThat(load.onFeedback(20, 1_000, 5, now)).isTrue();
        assertThat(load.loss(now)).isEqualTo(20);
        now += 999 * MILLI;
        assertThat(load.loss(now)).isEqualTo(20);
        now += MILLI;
        assertThat(load.loss(now)).isZero();
    }

    @Test
    void what_is_said_again_holds_from_then_on() {
        load.onFeedback(20, 1_000, 5, now);
        now += 900 * MILLI;
        assertThat(load.onFeedback(20, 1_000, 5, now)).isTrue();
        now += 900 * MILLI;
        assertThat(load.loss(now)).isEqualTo(20);
    }

    @Test
    void what_is_older_is_ignored_even_after_the_newer_has_lapsed() {
        load.onFeedback(20, 1_000, 5, now);
        assertThat(load.onFeedback(80, 1_000, 4, now)).isFalse();
        assertThat(load.loss(now)).isEqualTo(20);
        now += 2_000 * MILLI;
        assertThat(load.onFeedback(80, 1_000, 4, now)).isFalse();
        assertThat(load.loss(now)).isZero();
    }

    @Test
    void a_server_that_counts_from_the_start_again_is_heard_after_a_while() {
        load.onFeedback(20, 1_000, 5_000, now);
        now += 32_000 * MILLI;
        assertThat(load.onFeedback(30, 1_000, 1, now)).isTrue();
        assertThat(load.loss(now)).isEqualTo(30);
    }

    @Test
    void what_has_no_number_counts_and_leaves_the_last_number_known() {
        load.onFeedback(20, 1_000, 5, now);
        assertThat(load.onFeedback(40, 1_000, -1, now)).isTrue();
        assertThat(load.loss(now)).isEqualTo(40);
        assertThat(load.onFeedback(80, 1_000, 4, now)).isFalse();
    }

    @Test
    void nothing_to_withhold_ends_it() {
        load.onFeedback(20, 1_000, 5, now);
        load.onFeedback(0, 1_000, 6, now);
        assertThat(load.loss(now)).isZero();
    }

    @Test
    void a_validity_of_zero_ends_it() {
        load.onFeedback(20, 1_000, 5, now);
        load.onFeedback(50, 0, 6, now);
        assertThat(load.loss(now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {600_001, Integer.MAX_VALUE})
    void nothing_holds_for_more_than_ten_minutes(long validity) {
        load.onFeedback(100, validity, 1, now);
        now += 599_999 * MILLI;
        assertThat(load.loss(now)).isEqualTo(100);
        now += MILLI;
        assertThat(load.loss(now)).isZero();
    }

    @Test
    void another_record_of_the_same_host_goes_on_with_it() {
        load.onFeedback(20, 1_000, 5, now);
        var next = new OverloadControl("trunk a, host b");
        next.takeOver(load);
        assertThat(next.loss(now)).isEqualTo(20);
        assertThat(next.onFeedback(80, 1_000, 4, now)).isFalse();
    }
}
