package io.flashcall.offender.verification;

import io.flashcall.offender.verification.channel.Sender;

public record Effect(Sender sender) {}
