package io.flashcall.benchmarks.section;

/// How much is measured.
public enum Extent {
    /// What fits into five minutes.
    QUICK,
    /// All but the soak: two hours.
    FULL,
    /// Half an hour of the same load.
    SOAK
}
