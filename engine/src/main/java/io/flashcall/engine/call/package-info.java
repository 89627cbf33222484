/// One flash call as a state machine: ring, hang up, survive the races. Takes inputs and a time, calls a port; knows no
/// socket, clock or thread, so that a test runs 32 s of timers in microseconds.
@NullMarked
package io.flashcall.engine.call;

import org.jspecify.annotations.NullMarked;
