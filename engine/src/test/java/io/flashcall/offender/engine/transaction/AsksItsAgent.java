package io.flashcall.offender.engine.transaction;

import io.flashcall.offender.engine.agent.Agent;

record AsksItsAgent(Agent agent) {}
