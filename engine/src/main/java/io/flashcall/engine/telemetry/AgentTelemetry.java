package io.flashcall.engine.telemetry;

import io.flashcall.engine.telemetry.EngineSnapshot.Latencies;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// The counters and recorders of one user agent: its loop writes, anyone reads.
public final class AgentTelemetry {

    private static final long LONGEST_NANOS = 200_000_000_000L;
    private static final int DIGITS = 3;

    private final AtomicLongArray counts = new AtomicLongArray(Metric.values().length);
    private final Distribution postDialDelay = new Distribution();
    private final Distribution ringTime = new Distribution();
    private final Distribution hangUpLateness = new Distribution();

    /// Counts one; the loop's thread alone.
    public void count(Metric metric) {
        int at = metric.ordinal();
        counts.setOpaque(at, counts.getPlain(at) + 1);
    }

    public long get(Metric metric) {
        return counts.getOpaque(metric.ordinal());
    }

    public void postDialDelay(long nanos) {
        postDialDelay.record(nanos);
    }

    public void ringTime(long nanos) {
        ringTime.record(nanos);
    }

    public void hangUpLateness(long nanos) {
        hangUpLateness.record(nanos);
    }

    public Map<Metric, Long> counters() {
        var all = new EnumMap<Metric, Long>(Metric.class);
        for (var metric : Metric.values()) {
            all.put(metric, get(metric));
        }
        return all;
    }

    public Latencies latencies() {
        return new Latencies(postDialDelay.total(), ringTime.total(), hangUpLateness.total());
    }

    /// A recorder without locks on the writer's side, and the sum of all its intervals on the readers'.
    private static final class Distribution {

        private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, LONGEST_NANOS, DIGITS);
        private final Histogram total = new Histogram(1, LONGEST_NANOS, DIGITS);

        /// Given back at the next reading. A new one each time, of some 230 KB, would live until then, grow old, and
        /// have the old generation grow with each scrape of the metrics.
        private Histogram interval = recorder.getIntervalHistogram();

        void record(long nanos) {
            recorder.recordValue(Math.clamp(nanos, 1, LONGEST_NANOS));
        }

        synchronized Histogram total() {
            interval = recorder.getIntervalHistogram(interval);
            total.add(interval);
            return total.copy();
        }
    }
}
