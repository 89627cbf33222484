package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.telemetry.AgentTelemetry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LatenessTest {

    private final AgentTelemetry telemetry = new AgentTelemetry();
    private final Lateness lateness = new Lateness(telemetry);

    @Test
    void a_cancel_is_late_from_when_it_was_due_until_its_batch_left() {
        lateness.queued(1_000_000);
        assertThat(lateness.isPending()).isTrue();
        lateness.flushed(5_000_000);
        assertThat(lateness.isPending()).isFalse();
        var seen = telemetry.latencies().hangUpLateness();
        assertThat(seen.getTotalCount()).isEqualTo(1);
        assertThat(seen.valuesAreEquivalent(seen.getMaxValue(), 4_000_000)).isTrue();
    }

    @Test
    void each_of_a_batch_counts_however_many_there_are() {
        for (int i = 0; i < 1_000; i++) {
            lateness.queued(i);
        }
        lateness.flushed(2_000);
        lateness.flushed(3_000);
        assertThat(telemetry.latencies().hangUpLateness().getTotalCount()).isEqualTo(1_000);
    }
}
