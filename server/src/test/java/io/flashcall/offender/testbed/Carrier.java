package io.flashcall.offender.testbed;

public final class Carrier {}
