package io.flashcall.cli.load;

import io.flashcall.engine.telemetry.EngineSnapshot.Latencies;
import java.time.Duration;
import java.util.Map;

/// Where a load stands.
///
/// @param elapsed   since its start
/// @param placed    calls that the engine took
/// @param refused   calls that it did not
/// @param ended     calls by outcome
/// @param latencies over all calls so far
record LoadProgress(Duration elapsed, long placed, long refused, Map<LoadTally.Kind, Long> ended, Latencies latencies) {

    long inFlight() {
        return placed - ended.values().stream().mapToLong(Long::longValue).sum();
    }
}
