package io.flashcall.server.metrics;

/// How a channel that speaks SMPP is doing.
///
/// @param channel   its name
/// @param bound     whether it is bound to its SMSC
/// @param throttled parts that the SMSC had too much to do for, each time
/// @param dropped   deliveries that were no receipts
public record SmppGauge(String channel, boolean bound, long throttled, long dropped) {}
