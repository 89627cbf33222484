package io.flashcall.offender.verification.channel;

public final class Sender {}
