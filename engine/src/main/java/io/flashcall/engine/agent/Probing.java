package io.flashcall.engine.agent;

/// What open-addressed tables that probe linearly have in common.
final class Probing {

    private Probing() {}

    /// Deletion without tombstones: whether what stands in a cell may move back to a gap that it had to step over.
    ///
    /// @param wanted the cell in which its search begins
    static boolean mayMove(int gap, int cell, int wanted) {
        return gap <= cell ? (wanted <= gap || wanted > cell) : (wanted <= gap && wanted > cell);
    }
}
