package io.flashcall.offender.server.config;

public record Key(String text) {}
