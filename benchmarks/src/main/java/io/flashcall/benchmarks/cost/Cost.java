package io.flashcall.benchmarks.cost;

/// One measurement.
///
/// @param micros CPU time of the caller for a call, in µs; meaningless where the rate was not held
/// @param farEnd share of its processor that the far end used, 0 to 1
/// @param held   whether every call was completed in the time that the rate gives
record Cost(Side side, int rate, double micros, double farEnd, boolean held) {}
