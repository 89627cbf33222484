package io.flashcall.offender.verification;

import java.time.InstantSource;

/// The use cases may have a clock.
record InnocentUseCase(InstantSource clock) {}
