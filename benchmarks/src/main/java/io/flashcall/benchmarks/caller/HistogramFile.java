package io.flashcall.benchmarks.caller;

import java.io.OutputStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// A file of histograms, in ms, as HdrHistogram's tools read it.
final class HistogramFile implements AutoCloseable {

    private static final double NANOS_A_MILLI = 1e6;

    private final HistogramLogWriter log;

    /// @param to is closed with this
    HistogramFile(OutputStream to) {
        log = new HistogramLogWriter(to);
        log.outputLogFormatVersion();
        log.outputStartTime(System.currentTimeMillis());
        log.outputLegend();
    }

    /// Writes one interval down.
    Histogram written(String tag, Histogram interval) {
        interval.setTag(tag);
        log.outputIntervalHistogram(
                interval.getStartTimeStamp() / 1e3, interval.getEndTimeStamp() / 1e3, interval, NANOS_A_MILLI);
        return interval;
    }

    @Override
    public void close() {
        log.close();
    }
}
