package io.flashcall.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.telemetry.EngineSnapshot.AgentSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.Socket;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentTelemetryTest {

    private final AgentTelemetry telemetry = new AgentTelemetry();

    @Test
    void each_metric_counts_for_itself() {
        telemetry.count(Metric.CALLS_PLACED);
        telemetry.count(Metric.CALLS_PLACED);
        telemetry.count(Metric.FAULTS);
        assertThat(telemetry.counters()).hasSize(Metric.values().length);
        assertThat(telemetry.counters().get(Metric.CALLS_PLACED)).isEqualTo(2);
        assertThat(telemetry.counters().get(Metric.FAULTS)).isEqualTo(1);
        assertThat(telemetry.counters().get(Metric.CALLS_ENDED)).isZero();
    }

    @Test
    void distributions_are_sums_since_the_start_however_often_they_are_read() {
        telemetry.postDialDelay(5_000_000);
        telemetry.latencies();
        telemetry.postDialDelay(7_000_000);
        telemetry.ringTime(1);
        var latencies = telemetry.latencies();
        assertThat(latencies.postDialDelay().getTotalCount()).isEqualTo(2);
        assertThat(latencies.ringTime().getTotalCount()).isEqualTo(1);
        assertThat(latencies.hangUpLateness().getTotalCount()).isZero();
    }

    @Test
    void what_is_out_of_range_counts_as_the_end_of_the_range() {
        telemetry.hangUpLateness(-17);
        telemetry.hangUpLateness(Long.MAX_VALUE);
        var seen = telemetry.latencies().hangUpLateness();
        assertThat(seen.getTotalCount()).isEqualTo(2);
        assertThat(seen.getMinValue()).isEqualTo(1);
        assertThat(seen.valuesAreEquivalent(seen.getMaxValue(), 200_000_000_000L))
                .isTrue();
    }

    @Test
    void a_snapshot_sums_its_agents_and_leaves_out_drops_that_nobody_knows() {
        telemetry.count(Metric.CALLS_PLACED);
        telemetry.postDialDelay(5_000_000);
        var one = new AgentSnapshot(telemetry.counters(), new Socket(10, 3, 0, 0), 4, telemetry.latencies());
        var two = new AgentSnapshot(telemetry.counters(), new Socket(10, -1, 0, 0), 5, telemetry.latencies());
        var both = new EngineSnapshot(List.of(one, two));
        assertThat(both.count(Metric.CALLS_PLACED)).isEqualTo(2);
        assertThat(both.live()).isEqualTo(9);
        assertThat(both.kernelDrops()).isEqualTo(3);
        assertThat(both.latencies().postDialDelay().getTotalCount()).isEqualTo(2);
    }
}
