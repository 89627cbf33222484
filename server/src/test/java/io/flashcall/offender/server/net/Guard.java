package io.flashcall.offender.server.net;

public final class Guard {}
