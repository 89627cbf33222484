package io.flashcall.verification;

import io.flashcall.verification.store.TimelineEntry;
import java.util.List;

/// Hears of every change after it was saved: streams, metrics. Called in order for each session; must return quickly.
@FunctionalInterface
public interface SessionWatcher {

    /// @param session after the change
    /// @param events  what was published with it
    void onChange(Session session, List<TimelineEntry> events);
}
