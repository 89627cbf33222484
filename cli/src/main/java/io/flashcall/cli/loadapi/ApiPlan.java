package io.flashcall.cli.loadapi;

import io.flashcall.cli.load.OpenLoop;
import java.time.Duration;

/// What a load does.
///
/// @param schedule  when each session is to be started
/// @param firstTo   digits of the first destination; each session calls the next number
/// @param think     from the ring until the code is entered
/// @param grace     how long to wait for the last sessions
/// @param lanes     connections to each URL
record ApiPlan(OpenLoop schedule, long firstTo, Duration think, Duration grace, int lanes) {

    String to(long index) {
        return "+" + (firstTo + index);
    }
}
