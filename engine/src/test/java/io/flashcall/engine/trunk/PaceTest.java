package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PaceTest {

    private static final long MS = 1_000_000;
    private static final long START = -5_000_000_000L;

    private final Pace hundredASecond = new Pace(100, START);

    @Test
    void calls_that_come_at_once_leave_one_by_one() {
        assertThat(hundredASecond.reserve(START)).isEqualTo(START);
        assertThat(hundredASecond.reserve(START)).isEqualTo(START + 10 * MS);
        assertThat(hundredASecond.reserve(START + 3 * MS)).isEqualTo(START + 20 * MS);
    }

    @Test
    void a_call_after_a_pause_leaves_at_once_and_the_pause_is_not_made_up_for() {
        hundredASecond.reserve(START);
        assertThat(hundredASecond.reserve(START + 500 * MS)).isEqualTo(START + 500 * MS);
        assertThat(hundredASecond.reserve(START + 500 * MS)).isEqualTo(START + 510 * MS);
    }

    @Test
    void nobody_waits_for_more_than_two_seconds_and_a_refusal_takes_no_turn() {
        for (int i = 0; i <= 200; i++) {
            assertThat(hundredASecond.reserve(START)).isEqualTo(START + i * (10 * MS));
        }
        assertThat(hundredASecond.reserve(START)).isEqualTo(Pace.TOO_LONG);
        assertThat(hundredASecond.reserve(START)).isEqualTo(Pace.TOO_LONG);
        assertThat(hundredASecond.reserve(START + 10 * MS)).isEqualTo(START + 2_010 * MS);
    }

    @Test
    void threads_never_share_a_turn() throws Exception {
        var pace = new Pace(100_000, START);
        var turns = new ConcurrentSkipListSet<Long>();
        Callable<Void> caller = () -> {
            IntStream.range(0, 10_000).forEach(_ -> turns.add(pace.reserve(START)));
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(java.util.Collections.nCopies(4, caller))) {
                done.get();
            }
        }
        assertThat(turns).hasSize(40_000);
        assertThat(turns.getLast() - turns.getFirst()).isEqualTo(39_999L * 10_000);
    }
}
