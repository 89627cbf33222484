package io.flashcall.offender.engine.call;

import io.netty.buffer.ByteBuf;

record HoldsABuffer(ByteBuf bytes) {}
