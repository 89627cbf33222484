package io.flashcall.offender.engine.agent;

public final class Agent {}
