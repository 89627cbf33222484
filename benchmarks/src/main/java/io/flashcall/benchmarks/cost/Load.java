package io.flashcall.benchmarks.cost;

import java.time.Duration;

/// What a caller is asked to do.
///
/// @param farEnd  `ADDR:PORT`
/// @param rate    calls a second
/// @param warmUp  left out of the measurement, the process's start included
/// @param window  measured
record Load(String farEnd, int rate, Duration warmUp, Duration window) {

    /// Callers are still at it when the window is over.
    private static final Duration MARGIN = Duration.ofSeconds(3);

    long calls() {
        return rate * warmUp.plus(window).plus(MARGIN).toMillis() / 1000;
    }

    /// Calls of the window, if the rate is held.
    double callsMeasured() {
        return rate * (window.toMillis() / 1e3);
    }

    /// How long it may take from the start of the process to its end, if the rate is held.
    Duration longest() {
        return warmUp.plus(window).plus(MARGIN).plusSeconds(5);
    }
}
