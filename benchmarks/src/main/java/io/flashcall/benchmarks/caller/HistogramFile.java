package io.flashcall.benchmarks.caller;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// A file of histograms, in ms, as HdrHistogram's tools read it.
final class HistogramFile implements AutoCloseable {

    private static final double NANOS_A_MILLI = 1e6;

    private final HistogramLogWriter log;

    HistogramFile(Path file) throws FileNotFoundException {
        log = new HistogramLogWriter(file.toFile());
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
