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

    /// Calls by how they ended; only what happened.
    ///
    /// @param byStatus by kind and final status, 0 for none
    /// @param causes   why calls were declined or failed
    record Outcomes(Map<LoadTally.Kind, Map<Integer, Long>> byStatus, Map<String, Long> causes) {

        static final Outcomes NONE = new Outcomes(Map.of(), Map.of());
    }

    /// @param calls      that the engine took
    /// @param ended      of these, those with an outcome
    /// @param left       of these, those that were still up when we had to go
    /// @param unanswered calls that ended for want of a response, and that a late response would find gone
    /// @param outcomes   how they ended
    /// @param refused    calls that the engine did not take
    record Ends(
            long calls,
            long ended,
            long left,
            long unanswered,
            Outcomes outcomes,
            Map<Admission.Reason, Long> refused) {

        /// Whether every call came to a definite end, and none was refused.
        boolean clean() {
            return ended == calls && left == 0 && refused.isEmpty();
        }
    }
}
