/// Counters and latency distributions: one set for each user agent, written by its loop alone, read by anyone.
@NullMarked
package io.flashcall.engine.telemetry;

import org.jspecify.annotations.NullMarked;
