package io.flashcall.benchmarks.caller;

import org.HdrHistogram.Histogram;

/// Turns a histogram that only grows into intervals. Keeps its own two: copies that live from one interval to the
/// next would grow old, and be taken for what the engine leaves behind.
final class Since {

    private final Histogram before = new Histogram(3);
    private final Histogram interval = new Histogram(3);

    /// What has come since this was asked last.
    ///
    /// @return good until this is asked again
    Histogram interval(Histogram now) {
        now.copyInto(interval);
        interval.subtract(before);
        interval.setStartTimeStamp(before.getEndTimeStamp());
        interval.setEndTimeStamp(System.currentTimeMillis());
        now.copyInto(before);
        before.setEndTimeStamp(interval.getEndTimeStamp());
        return interval;
    }
}
