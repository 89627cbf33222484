package io.flashcall.verification.store;

import io.flashcall.verification.EventType;
import java.time.Instant;

/// One thing that happened in a session.
///
/// @param attempt which attempt it is about, or 0
/// @param details JSON object
public record TimelineEntry(EventType type, int sequence, Instant at, int attempt, String details) {}
