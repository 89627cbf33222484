package io.flashcall.benchmarks.journal;

/// What one measurement is of: the smallest thing that a run can leave out because it has been measured before.
///
/// @param section    such as `cost`
/// @param side       who was measured
/// @param rate       calls a second, or what the section counts in its place; 0 where there is none
/// @param ringMillis ring time in ms
/// @param round      which of several measurements of the same, from 1 on
public record Cell(String section, String side, int rate, int ringMillis, int round) {}
