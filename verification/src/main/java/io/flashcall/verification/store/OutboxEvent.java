package io.flashcall.verification.store;

import io.flashcall.verification.EventType;
import java.time.Instant;

/// One event of a session as it is kept: a row of its timeline, and for each webhook endpoint of its app that wants it,
/// a delivery.
///
/// @param attempt which attempt it is about, or 0
/// @param details JSON object of its details, for the timeline
/// @param body    the exact JSON that endpoints receive; empty where the type is none of theirs
public record OutboxEvent(EventType type, int sequence, Instant at, int attempt, String details, String body) {

    /// As the timeline tells it.
    public TimelineEntry entry() {
        return new TimelineEntry(type, sequence, at, attempt, details);
    }
}
