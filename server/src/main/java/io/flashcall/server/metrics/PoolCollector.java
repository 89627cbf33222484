package io.flashcall.server.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Reads the pools whenever somebody asks.
///
/// @param pools where they come from
record PoolCollector(Supplier<List<PoolGauge>> pools) implements MultiCollector {

    @Override
    public MetricSnapshots collect() {
        var all = pools.get();
        return new MetricSnapshots(
                gauge(
                        "flashcall_callerid_pool_eligible",
                        "Different endings of " + PoolGauge.CODE_LENGTH
                                + " digits that a pool can show, among the numbers that share the disclosed prefix.",
                        all,
                        pool -> pool.strength().distinct()),
                gauge(
                        "flashcall_callerid_pool_entropy_bits",
                        "Base-2 logarithm of flashcall_callerid_pool_eligible.",
                        all,
                        pool -> pool.strength().bits()),
                gauge(
                        "flashcall_callerid_pool_quarantined",
                        "Numbers of a pool that may not be shown for now.",
                        all,
                        PoolGauge::quarantined));
    }

    private static MetricSnapshot gauge(
            String name, String help, List<PoolGauge> pools, ToDoubleFunction<PoolGauge> value) {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        for (var pool : pools) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("pool", pool.pool()))
                    .value(value.applyAsDouble(pool))
                    .build());
        }
        return gauge.build();
    }
}
