package io.flashcall.cli.loadapi;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Counts what became of a load's requests. Thread-safe.
final class ApiTally {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(30);
    private static final int DIGITS = 3;

    private final LongAdder started = new LongAdder();
    private final LongAdder verified = new LongAdder();
    private final LongAdder webhooks = new LongAdder();
    private final LongAdder repeatedWebhooks = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder over = new LongAdder();
    private final LongAdder neverStarted = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Histogram starts = histogram();
    private final Histogram verifies = histogram();
    private final Histogram checks = histogram();
    private final Histogram hooks = histogram();

    private static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST, DIGITS);
    }

    void started(long nanos) {
        started.increment();
        record(starts, nanos);
    }

    /// @param sinceStart from the intended start
    /// @param sinceDue   from when the check was due
    void verified(long sinceStart, long sinceDue) {
        verified.increment();
        record(verifies, sinceStart);
        record(checks, sinceDue);
    }

    /// The first final webhook of a session.
    ///
    /// @param nanos from its intended start
    void webhook(String type, long nanos) {
        over.increment();
        if (type.equals(ApiLoad.VERIFIED)) {
            webhooks.increment();
            record(hooks, nanos);
        }
    }

    void repeatedWebhook() {
        repeatedWebhooks.increment();
    }

    void retry() {
        retries.increment();
    }

    /// @param kind a few words, the same for the same kind of error
    void error(String kind) {
        errors.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    long started() {
        return started.sum();
    }

    long verified() {
        return verified.sum();
    }

    long webhooks() {
        return webhooks.sum();
    }

    long repeatedWebhooks() {
        return repeatedWebhooks.sum();
    }

    long retries() {
        return retries.sum();
    }

    void startGivenUp() {
        neverStarted.increment();
    }

    long neverStarted() {
        return neverStarted.sum();
    }

    /// Sessions whose final webhook came.
    long over() {
        return over.sum();
    }

    Map<String, Long> errors() {
        var sums = new TreeMap<String, Long>();
        errors.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }

    Histogram starts() {
        return starts;
    }

    Histogram verifies() {
        return verifies;
    }

    Histogram checks() {
        return checks;
    }

    Histogram hooks() {
        return hooks;
    }
}
