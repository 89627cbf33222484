package io.flashcall.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void after_the_ramp_calls_are_due_at_the_full_rate() {
        var schedule = new Schedule(1_000, 100_000, Duration.ofSeconds(10));
        assertThat(schedule.dueBy(0)).isZero();
        assertThat(schedule.dueBy(5 * SECOND)).isEqualTo(1_250);
        assertThat(schedule.dueBy(10 * SECOND)).isEqualTo(5_000);
        assertThat(schedule.dueBy(12 * SECOND)).isEqualTo(7_000);
        assertThat(schedule.dueBy(1_000 * SECOND)).isEqualTo(100_000);
    }

    @Test
    void a_call_is_due_when_its_number_is_reached() {
        for (var ramp : new Duration[] {Duration.ZERO, Duration.ofSeconds(3)}) {
            var schedule = new Schedule(777, 100_000, ramp);
            for (long call = 0; call < 10_000; call += 13) {
                assertThat(schedule.dueBy(schedule.dueAt(call) + 1)).isEqualTo(call + 1);
                assertThat(schedule.dueBy(schedule.dueAt(call) - 2)).isEqualTo(call);
            }
        }
    }
}
