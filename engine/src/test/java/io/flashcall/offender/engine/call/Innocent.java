package io.flashcall.offender.engine.call;

import java.time.Duration;

/// A span of time is no clock.
public record Innocent(Duration ring) {}
