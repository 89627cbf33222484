package io.flashcall.verification.routing;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import java.time.Instant;
import java.util.List;

/// Which trunks take calls, as the engine's outcomes and refusals tell. Thread-safe.
public interface TrunkHealth {

    /// A call over this trunk ended.
    void onOutcome(String trunk, CallOutcome outcome, Instant now);

    /// The engine refused a call over this trunk.
    void onRefusal(String trunk, Admission.Reason reason, Instant now);

    State state(String trunk, Instant now);

    /// Whether the caller may send a call over it now. A trunk that fell silent lets one call find out whether it is
    /// back: of those who ask, one is told yes in a while, until a call's outcome decides.
    boolean mayTry(String trunk, Instant now);

    /// Of all configured trunks.
    List<State> states(Instant now);

    /// @param up     whether new calls should go over it
    /// @param reason why not, or `ok`
    /// @param until  when it is tried again; now where it is up
    record State(String trunk, boolean up, String reason, Instant until) {}
}
