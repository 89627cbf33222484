package io.flashcall.offender.engine.agent;

import io.flashcall.offender.server.Adapter;

record AsksTheServer(Adapter adapter) {}
