package io.flashcall.server.store;

/// The store could not do what it was asked; nothing of it was saved. The message says what that was, and names no
/// value.
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
