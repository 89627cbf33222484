package io.flashcall.server.webhook;

import java.time.Duration;

/// How deliveries are made.
///
/// @param concurrency requests under way at once to one endpoint
/// @param deadline    for one request, 100 ms to 60 s
/// @param poll        how long something that became due goes unnoticed where nobody says so
/// @param patience    how long an event that cannot be delivered holds back the next ones of its session
/// @param schedule    when what failed is tried again
/// @param breath      between two claims at one endpoint, so that each takes more of what is due, and between two times
///                    that it is saved how they ended
public record DispatchSettings(
        int concurrency, Duration deadline, Duration poll, Duration patience, RetrySchedule schedule, Duration breath) {

    public static final DispatchSettings DEFAULT = new DispatchSettings(
            32,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            RetrySchedule.STANDARD,
            Duration.ZERO);

    private static final Duration SHARED_BREATH = Duration.ofMillis(25);

    /// How many times more are claimed than are sent at once.
    private static final int AHEAD = 4;

    /// To save how a request ended, after its deadline.
    private static final Duration SLACK = Duration.ofSeconds(20);

    public DispatchSettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: 1 or more)");
        }
        if (deadline.compareTo(Duration.ofMillis(100)) < 0 || deadline.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("timeout: " + deadline + " (expected: 100ms to 60s)");
        }
    }

    public DispatchSettings withDeadline(Duration other) {
        return new DispatchSettings(concurrency, other, poll, patience, schedule, breath);
    }

    /// For a store that several nodes deliver from: a claim is some round trips, and keeps the others from claiming.
    public DispatchSettings sharing() {
        return new DispatchSettings(concurrency, deadline, poll, patience, schedule, SHARED_BREATH);
    }

    int mostClaimed() {
        return AHEAD * concurrency;
    }

    /// How long what was claimed is ours, though all that is ahead of it take their whole time. Should we be
    /// killed meanwhile, it is delivered after that.
    Duration hold() {
        return deadline.multipliedBy(AHEAD).plus(SLACK);
    }
}
