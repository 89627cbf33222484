package io.flashcall.offender.verification;

import java.time.InstantSource;

record Transition(InstantSource clock) {}
