package io.flashcall.benchmarks.caller;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// What all intervals of a window have in sum, in nanoseconds.
final class Sum {

    final Histogram placed = new Histogram(3);
    final Histogram ringing = new Histogram(3);
    final Histogram hangUp = new Histogram(3);
    final Histogram control = new Histogram(3);

    /// Of the collector, in ms.
    long longestPause;

    /// The last of them.
    record Interval(Histogram hangUp, Sum sum) {}

    /// Takes what was recorded since the last time.
    Interval add(
            SingleWriterRecorder placedNow,
            SingleWriterRecorder ringingNow,
            SingleWriterRecorder hangUpNow,
            Histogram controlNow,
            HistogramFile log) {
        placed.add(log.written("placed", placedNow.getIntervalHistogram()));
        ringing.add(log.written("ringing", ringingNow.getIntervalHistogram()));
        var last = log.written("hang-up", hangUpNow.getIntervalHistogram());
        hangUp.add(last);
        control.add(log.written("control", controlNow));
        return new Interval(last, this);
    }
}
