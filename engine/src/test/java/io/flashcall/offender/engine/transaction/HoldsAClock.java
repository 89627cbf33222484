package io.flashcall.offender.engine.transaction;

import java.time.Clock;

record HoldsAClock(Clock clock) {}
