package io.flashcall.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.TrunkSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What the metrics tell of trunks.
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrunkGaugesTest {

    @Test
    void each_trunk_has_its_standing_and_each_reason_its_count() {
        var metrics = new Metrics();
        metrics.watchEngine(() -> new EngineSnapshot(
                List.of(),
                List.of(),
                List.of(new TrunkSnapshot("a", 7, true, 0.25, false), new TrunkSnapshot("b", 0, false, 0, true)),
                Map.of(Reason.BACKING_OFF, 12L, Reason.GUARDED, 0L),
                Map.of()));
        assertThat(metrics.text())
                .contains("flashcall_trunk_channels{trunk=\"a\"} 7.0")
                .contains("flashcall_trunk_backing_off{trunk=\"a\"} 1.0")
                .contains("flashcall_trunk_backing_off{trunk=\"b\"} 0.0")
                .contains("flashcall_trunk_withheld_ratio{trunk=\"a\"} 0.25")
                .contains("flashcall_trunk_guarded{trunk=\"b\"} 1.0")
                .contains("flashcall_calls_refused_total{reason=\"backing_off\"} 12.0")
                .contains("flashcall_calls_refused_total{reason=\"guarded\"} 0.0");
    }

    @Test
    void without_trunks_there_are_no_gauges() {
        var metrics = new Metrics();
        metrics.watchEngine(() -> new EngineSnapshot(List.of()));
        assertThat(metrics.text()).doesNotContain("flashcall_trunk_").contains("flashcall_engine_faults_total 0.0");
    }
}
