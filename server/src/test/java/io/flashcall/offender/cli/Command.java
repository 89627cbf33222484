package io.flashcall.offender.cli;

public final class Command {}
