package io.flashcall.offender.server.store;

import io.flashcall.offender.server.Wiring;

record KnowsTheWiring(Wiring wiring) {}
