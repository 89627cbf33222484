package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadPaceTest {

    private static final long MILLI = 1_000_000;

    private final ReadPace pace = new ReadPace(0);

    @Test
    void few_messages_are_read_at_once() {
        for (int milli = 2; milli < 1_000; milli += 2) {
            count(2 * ReadPace.BUSY_A_MILLI - 1);
            assertThat(pace.decide(milli * MILLI)).isFalse();
        }
    }

    @Test
    void many_messages_gather() {
        count(4 * ReadPace.BUSY_A_MILLI);
        assertThat(pace.decide(4 * MILLI)).isTrue();
        assertThat(pace.isGathering()).isTrue();
    }

    @Test
    void a_burst_within_less_than_four_milliseconds_is_not_many() {
        count(100);
        assertThat(pace.decide(2 * MILLI)).isFalse();
        assertThat(pace.decide(100 * MILLI)).isFalse();
    }

    @Test
    void messages_gather_until_there_are_hardly_any() {
        count(100);
        assertThat(pace.decide(4 * MILLI)).isTrue();
        count(32 * ReadPace.QUIET_A_MILLI);
        assertThat(pace.decide(36 * MILLI)).isTrue();
        count(32 * ReadPace.QUIET_A_MILLI - 1);
        assertThat(pace.decide(52 * MILLI)).as("before its time").isTrue();
        assertThat(pace.decide(68 * MILLI)).isFalse();
    }

    private void count(int messages) {
        for (int i = 0; i < messages; i++) {
            pace.count();
        }
    }
}
