package io.flashcall.offender.engine.call;

public final class Machine {}
