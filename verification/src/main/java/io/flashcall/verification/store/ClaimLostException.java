package io.flashcall.verification.store;

/// The request's idempotency key is another one's by now: what it was about to save is not saved.
public final class ClaimLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClaimLostException() {
        super("the idempotency key of this request was taken over by another one", null, false, false);
    }
}
