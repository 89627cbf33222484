package io.flashcall.testbed.behaviour;

import java.util.List;

/// The script of one call: responses by time, and the reaction to CANCEL.
///
/// @param steps in order of time
/// @param onCancel the reaction while no final response has been sent
/// @param legs how many forks answer, 1 or 2
/// @param recordRoutes how many proxies have recorded themselves in the route, 0 to 4 (RFC 3261 §16.6 step 4)
/// @param early what happens before the answer beside these
public record CallPlan(List<Step> steps, OnCancel onCancel, int legs, int recordRoutes, Early early) {

    public CallPlan {
        steps = List.copyOf(steps);
    }
}
