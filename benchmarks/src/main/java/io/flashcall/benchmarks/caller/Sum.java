package io.flashcall.benchmarks.caller;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What all intervals of a window have in sum, in nanoseconds, by name.
final class Sum {

    private final Map<String, Histogram> all = new LinkedHashMap<>();

    /// Of the collector, in ms.
    private long longestPause;

    void add(String name, Histogram interval) {
        all.computeIfAbsent(name, _ -> new Histogram(3)).add(interval);
    }

    void pause(long millis) {
        longestPause = Math.max(longestPause, millis);
    }

    long longestPause() {
        return longestPause;
    }

    Map<String, Histogram> all() {
        return all;
    }
}
