package io.flashcall.testbed.behaviour;

import java.time.Duration;

/// What a bad line does to each datagram of a call, in both directions, each rate by itself.
///
/// @param drop the share that is lost, 0 to 1
/// @param duplicate the share that arrives twice, 0 to 1
/// @param reorder the share that arrives after the next one of the same call and direction, 0 to 1
/// @param delay the share that is held back by a random time up to `by`, 0 to 1
/// @param by the longest time a datagram is held back
public record Impairment(double drop, double duplicate, double reorder, double delay, Duration by) {

    /// A perfect line.
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, Duration.ZERO);

    public boolean isNone() {
        return drop == 0 && duplicate == 0 && reorder == 0 && delay == 0;
    }
}
