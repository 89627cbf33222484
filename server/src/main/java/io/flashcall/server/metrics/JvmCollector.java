package io.flashcall.server.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;

/// The basics of the process, under the names that everybody's dashboards know. Nothing is loaded before somebody asks.
record JvmCollector() implements MultiCollector {

    @Override
    public MetricSnapshots collect() {
        var all = new ArrayList<MetricSnapshot>();
        var runtime = ManagementFactory.getRuntimeMXBean();
        all.add(gauge("process_start_time_seconds", "Start time, since the epoch.", runtime.getStartTime() / 1e3));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(spent -> all.add(CounterSnapshot.builder()
                        .name("process_cpu_seconds")
                        .help("CPU time spent.")
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .value(spent.toNanos() / 1e9)
                                .build())
                        .build()));
        var memory = ManagementFactory.getMemoryMXBean();
        all.add(GaugeSnapshot.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory in use.")
                .dataPoint(area("heap", memory.getHeapMemoryUsage().getUsed()))
                .dataPoint(area("nonheap", memory.getNonHeapMemoryUsage().getUsed()))
                .build());
        all.add(GaugeSnapshot.builder()
                .name("jvm_memory_max_bytes")
                .help("Memory that may be used at most; -1 where there is no bound.")
                .dataPoint(area("heap", memory.getHeapMemoryUsage().getMax()))
                .dataPoint(area("nonheap", memory.getNonHeapMemoryUsage().getMax()))
                .build());
        all.add(gauge(
                "jvm_threads_current",
                "Platform threads.",
                ManagementFactory.getThreadMXBean().getThreadCount()));
        all.add(collections());
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot collections() {
        var seconds =
                CounterSnapshot.builder().name("jvm_gc_collection_seconds").help("Time spent in garbage collectors.");
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            seconds.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("gc", collector.getName()))
                    .value(Math.max(0, collector.getCollectionTime()) / 1e3)
                    .build());
        }
        return seconds.build();
    }

    private static GaugeDataPointSnapshot area(String name, long bytes) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("area", name))
                .value((double) bytes)
                .build();
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
