package io.flashcall.cli.load;

import io.flashcall.engine.CallRequest;

/// What a load is to do.
///
/// @param trunk       name of the engine's trunk
/// @param from        caller ids
/// @param to          called numbers
/// @param schedule    when calls are due
/// @param maxInFlight a call that is due waits while as many are in flight
record LoadPlan(String trunk, NumberPattern from, NumberPattern to, OpenLoop schedule, long maxInFlight) {

    /// @param call counted from 0; also the call's reference
    CallRequest request(long call) {
        return CallRequest.of(trunk, from.number(call), to.number(call), Long.toString(call));
    }
}
