package io.flashcall.offender.engine.transport;

public final class Socket {}
