package io.flashcall.offender.verification;

public final class Session {}
