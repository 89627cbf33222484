package io.flashcall.cli.handset;

import java.time.Instant;

/// A handset begins to ring.
///
/// @param to   its number, `+447300000123`
/// @param from the caller id on its display
/// @param at   when
public record Ring(String to, String from, Instant at) {}
