package io.flashcall.benchmarks.caller;

import org.HdrHistogram.Histogram;

/// Turns a histogram that only grows into intervals.
final class Since {

    private Histogram before = new Histogram(3);

    /// What has come since this was asked last.
    Histogram interval(Histogram now) {
        var interval = now.copy();
        interval.subtract(before);
        interval.setStartTimeStamp(before.getEndTimeStamp());
        interval.setEndTimeStamp(System.currentTimeMillis());
        before = now.copy();
        before.setEndTimeStamp(interval.getEndTimeStamp());
        return interval;
    }
}
