package io.flashcall.offender.engine.sip;

import io.flashcall.offender.engine.call.Innocent;

record KnowsACall(Innocent call) {}
