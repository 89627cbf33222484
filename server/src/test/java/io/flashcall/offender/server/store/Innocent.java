package io.flashcall.offender.server.store;

import io.flashcall.offender.server.config.Key;
import io.flashcall.offender.server.metrics.Registry;
import io.flashcall.offender.server.net.Guard;

/// What is for all may be known by all.
record Innocent(Key key, Guard guard, Registry registry) {}
