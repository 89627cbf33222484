package io.flashcall.server.metrics;

import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.TrunkSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How each trunk stands, and what the engine has not taken.
final class TrunkGauges {

    private TrunkGauges() {}

    static List<MetricSnapshot> of(EngineSnapshot snapshot) {
        var all = new ArrayList<MetricSnapshot>();
        if (!snapshot.trunks().isEmpty()) {
            all.add(gauge(snapshot, "channels", "Channels in use.", TrunkSnapshot::channels));
            all.add(gauge(
                    snapshot,
                    "backing_off",
                    "1 while the trunk rests because the carrier asked for it, else 0.",
                    trunk -> trunk.backingOff() ? 1 : 0));
            all.add(gauge(
                    snapshot,
                    "withheld_ratio",
                    "Share of new calls that the carrier wants withheld (RFC 7339).",
                    TrunkSnapshot::withheld));
            all.add(gauge(
                    snapshot,
                    "guarded",
                    "1 while the trunk's guard lets no calls out, or a few test calls, else 0.",
                    trunk -> trunk.guarded() ? 1 : 0));
        }
        all.add(refused(snapshot));
        return all;
    }

    private static MetricSnapshot gauge(
            EngineSnapshot snapshot, String name, String help, ToDoubleFunction<TrunkSnapshot> value) {
        var gauge = GaugeSnapshot.builder().name("flashcall_trunk_" + name).help(help);
        for (var trunk : snapshot.trunks()) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("trunk", trunk.name()))
                    .value(value.applyAsDouble(trunk))
                    .build());
        }
        return gauge.build();
    }

    private static MetricSnapshot refused(EngineSnapshot snapshot) {
        var counter =
                CounterSnapshot.builder().name("flashcall_calls_refused").help("Calls that the engine did not take.");
        snapshot.refused()
                .forEach((reason, count) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("reason", reason.name().toLowerCase(Locale.ROOT)))
                        .value((double) count)
                        .build()));
        return counter.build();
    }
}
