package io.flashcall.engine.identity;

/// Ends a verification at the first thing that is wrong. It never leaves the package, and costs no stack
/// trace.
final class Objection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /// @param detail without numbers
    Objection(Fault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
