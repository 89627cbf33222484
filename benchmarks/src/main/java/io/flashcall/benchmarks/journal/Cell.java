package io.flashcall.benchmarks.journal;

/// What one measurement is of: the smallest thing that a run can leave out because it has been measured before. No name
/// in it has a comma, so that the journal can be read again.
///
/// @param section    such as `cost`
/// @param side       who was measured
/// @param rate       calls a second, or what the section counts in its place; 0 where there is none
/// @param ringMillis ring time in ms
/// @param round      which of several measurements of the same, from 1 on
public record Cell(String section, String side, int rate, int ringMillis, int round) {

    public Cell {
        if (section.contains(",") || side.contains(",")) {
            throw new IllegalArgumentException(
                    "'" + section + "', '" + side + "' (expected: no comma, which ends a field of the journal)");
        }
    }
}
