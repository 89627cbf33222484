package io.flashcall.offender.server.http;

public final class Endpoint {}
