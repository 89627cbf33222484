package io.flashcall.offender.verification.channel;

import io.flashcall.offender.engine.call.Machine;

record KnowsAMachine(Machine machine) {}
