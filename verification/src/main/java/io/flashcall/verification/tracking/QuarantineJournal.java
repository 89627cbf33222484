package io.flashcall.verification.tracking;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Quarantines.Quarantined;
import java.time.Instant;

/// Writes the event that webhook endpoints receive of a quarantine.
@FunctionalInterface
public interface QuarantineJournal {

    /// @param app    whose endpoints are told
    /// @param number to be masked
    /// @return JSON
    String write(AppId app, Quarantined begun, E164 number, Instant at);
}
