package io.flashcall.benchmarks.rig;

import java.time.Duration;

/// What a caller is asked to do.
///
/// @param farEnd     `ADDR:PORT`
/// @param rate       calls a second
/// @param ringMillis how long to let each ring, in ms
/// @param ramp       until the rate has its full height, for callers that must warm up; part of the warm-up
/// @param warmUp     left out of the measurement, the process's start included
/// @param window     measured
public record Load(String farEnd, int rate, int ringMillis, Duration ramp, Duration warmUp, Duration window) {

    /// Callers are still at it when the window is over.
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// How many calls last for so long at the full rate from the start.
    public long calls() {
        return rate * warmUp.plus(window).plus(MARGIN).toMillis() / 1000;
    }

    /// The same with the ramp.
    public long rampedCalls() {
        return calls() - rate * ramp.toMillis() / 2000;
    }

    /// Calls of the window, if the rate is held.
    public double callsMeasured() {
        return rate * (window.toMillis() / 1e3);
    }

    /// How long it may take from the start of the process to its end, if the rate is held.
    public Duration longest() {
        return warmUp.plus(window).plus(MARGIN).plus(PATIENCE).plusMillis(ringMillis);
    }
}
