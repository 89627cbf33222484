package io.flashcall.offender.engine.sip;

import io.netty.channel.Channel;

record HoldsAChannel(Channel channel) {}
