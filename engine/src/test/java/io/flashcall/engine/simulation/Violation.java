package io.flashcall.engine.simulation;

/// A sentence that should be true of every universe and is not of this one.
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String about;

    /// @param about what the trace is to be searched for: a call's id, or nothing
    Violation(String about, String sentence) {
        super(sentence);
        this.about = about;
    }

    String about() {
        return about;
    }
}
