package io.flashcall.benchmarks.caller;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// How late things are: one thread records, another asks. Its histograms are used in turn, for [Since]'s reason.
final class Lateness {

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(LONGEST_NANOS, 3);
    private Histogram interval = recorder.getIntervalHistogram();

    /// @param nanos what is out of 1 ns to 60 s counts as the nearer of these
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 1, LONGEST_NANOS));
    }

    /// What has come since this was asked last, in nanoseconds.
    ///
    /// @return good until this is asked again
    Histogram interval() {
        interval = recorder.getIntervalHistogram(interval);
        return interval;
    }
}
