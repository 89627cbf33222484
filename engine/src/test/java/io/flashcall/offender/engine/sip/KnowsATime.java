package io.flashcall.offender.engine.sip;

import java.time.Duration;

record KnowsATime(Duration time) {}
