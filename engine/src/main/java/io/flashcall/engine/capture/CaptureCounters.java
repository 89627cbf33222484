package io.flashcall.engine.capture;

/// What became of the messages that one capture saw.
///
/// @param captured  handed over by the event loops, to be sent or written
/// @param delivered sent to the collector, or written
/// @param dropped   lost because the capture was behind, or longer than 65,535 bytes
/// @param leftOut   not wanted, by the sample or the filter
/// @param failed    could not be sent or written
/// @param sampledOut of calls that were given up so that others stayed whole, while the capture was behind
public record CaptureCounters(
        long captured, long delivered, long dropped, long leftOut, long failed, long sampledOut) {}
