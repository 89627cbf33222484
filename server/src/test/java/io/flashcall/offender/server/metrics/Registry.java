package io.flashcall.offender.server.metrics;

public final class Registry {}
