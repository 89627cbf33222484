package io.flashcall.server.metrics;

import io.flashcall.engine.capture.CaptureCounters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What became of the SIP messages that are captured, by where they go.
///
/// @param captures asked once for each text
record CaptureCollector(Supplier<Map<String, CaptureCounters>> captures) implements MultiCollector {

    @Override
    public MetricSnapshots collect() {
        var all = captures.get();
        return new MetricSnapshots(
                counter(all, "captured", "SIP messages handed over to be kept.", CaptureCounters::captured),
                counter(
                        all,
                        "delivered",
                        "SIP messages sent to the collector, written, or remembered.",
                        CaptureCounters::delivered),
                counter(all, "dropped", "SIP messages lost because the capture was behind.", CaptureCounters::dropped),
                counter(
                        all,
                        "left_out",
                        "SIP messages that the sample or the filter did not want.",
                        CaptureCounters::leftOut),
                counter(
                        all,
                        "sampled_out",
                        "SIP messages of calls that were given up because the capture was behind.",
                        CaptureCounters::sampledOut),
                counter(all, "failed", "SIP messages that could not be sent or written.", CaptureCounters::failed));
    }

    private static MetricSnapshot counter(
            Map<String, CaptureCounters> all, String name, String help, ToLongFunction<CaptureCounters> part) {
        var snapshot =
                CounterSnapshot.builder().name("flashcall_capture_" + name).help(help);
        all.forEach((to, counters) -> snapshot.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("to", to))
                .value((double) part.applyAsLong(counters))
                .build()));
        return snapshot.build();
    }
}
