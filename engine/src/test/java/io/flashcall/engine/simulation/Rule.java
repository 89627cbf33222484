package io.flashcall.engine.simulation;

/// States what must be true.
final class Rule {

    private Rule() {}

    /// @param about what the trace is to be searched for
    static void require(boolean holds, String about, String sentence) {
        if (!holds) {
            throw new Violation(about, sentence);
        }
    }
}
