package io.flashcall.offender.engine.agent;

import io.flashcall.offender.verification.Session;

record AsksTheDomain(Session session) {}
