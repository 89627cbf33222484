package io.flashcall.offender.verification.channel;

import io.netty.buffer.ByteBuf;

record HoldsABuffer(ByteBuf bytes) {}
