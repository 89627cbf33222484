package io.flashcall.verification.store;

/// The caller id is leased for this destination already: draw another.
public final class LeaseTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseTakenException() {
        super("the caller id is leased for this destination", null, false, false);
    }
}
