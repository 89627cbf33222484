package io.flashcall.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenLoopTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void the_first_call_is_due_at_once_and_the_others_at_equal_intervals() {
        var loop = new OpenLoop(500, 1_000);
        assertThat(loop.dueAt(0)).isZero();
        assertThat(loop.dueAt(1)).isEqualTo(2_000_000);
        assertThat(loop.dueAt(500)).isEqualTo(SECOND);
        assertThat(loop.dueBy(-1)).isZero();
        assertThat(loop.dueBy(0)).isEqualTo(1);
        assertThat(loop.dueBy(1_999_999)).isEqualTo(1);
        assertThat(loop.dueBy(2_000_000)).isEqualTo(2);
    }

    @Test
    void no_more_calls_are_due_than_there_are() {
        assertThat(new OpenLoop(500, 1_000).dueBy(60 * SECOND)).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 3, 7, 500, 3_333.3, 99_999})
    void a_call_is_due_exactly_when_its_time_has_come(double rate) {
        var loop = new OpenLoop(rate, Long.MAX_VALUE);
        for (long call = 1; call < 100_000_000L; call = call * 7 + 3) {
            assertThat(loop.dueBy(loop.dueAt(call))).isGreaterThan(call);
            assertThat(loop.dueBy(loop.dueAt(call) - 1)).isLessThanOrEqualTo(call);
        }
    }

    @Test
    void the_rate_does_not_drift() {
        assertThat(new OpenLoop(5_000, Long.MAX_VALUE).dueBy(3_600 * SECOND)).isEqualTo(18_000_001);
    }

    @Test
    void nothing_is_no_rate() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OpenLoop(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new OpenLoop(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new OpenLoop(1, 0));
    }

    @Test
    void a_ramp_grows_evenly_to_the_full_rate() {
        var loop = new OpenLoop(1_000, 100_000, 10 * SECOND);
        assertThat(loop.dueBy(0)).isOne();
        assertThat(loop.dueBy(5 * SECOND)).isEqualTo(1_251);
        assertThat(loop.dueBy(10 * SECOND)).isEqualTo(5_001);
        assertThat(loop.dueBy(20 * SECOND)).isEqualTo(15_001);
    }

    @Test
    void within_a_ramp_each_call_is_due_when_its_number_is_reached() {
        var loop = new OpenLoop(1_000, 100_000, 10 * SECOND);
        for (long call = 0; call < 20_000; call += 7) {
            assertThat(loop.dueBy(loop.dueAt(call))).isEqualTo(call + 1);
            assertThat(loop.dueBy(loop.dueAt(call) - 1)).isEqualTo(call);
        }
    }
}
