package io.flashcall.offender.server.config;

import io.flashcall.offender.engine.agent.Agent;

record KnowsAnAgent(Agent agent) {}
