package io.flashcall.offender.server;

public final class Service {}
