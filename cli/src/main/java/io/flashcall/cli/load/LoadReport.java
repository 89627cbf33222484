package io.flashcall.cli.load;

import io.flashcall.engine.Admission;
import io.flashcall.engine.telemetry.EngineSnapshot;
import java.util.Map;

/// What came of a load.
///
/// @param ends how calls ended
/// @param rate calls a second that were placed
/// @param cpu  what a call cost
/// @param wire what the engine counted
record LoadReport(Ends ends, double rate, CpuMeter.Cost cpu, EngineSnapshot wire) {

    /// @param calls      that the engine took
    /// @param ended      of these, those with an outcome
    /// @param left       of these, those that were still up when we had to go
    /// @param unanswered calls that ended for want of a response, and that a late response would find gone
    /// @param outcomes   by kind and final status, 0 for none
    /// @param refused    calls that the engine did not take
    record Ends(
            long calls,
            long ended,
            long left,
            long unanswered,
            Map<LoadTally.Kind, Map<Integer, Long>> outcomes,
            Map<Admission.Reason, Long> refused) {

        /// Whether every call came to a definite end, and none was refused.
        boolean clean() {
            return ended == calls && left == 0 && refused.isEmpty();
        }
    }
}
