package io.flashcall.server.store;

/// A pending session has this reuse key already, or a session this id.
final class ReuseKeyTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReuseKeyTakenException() {
        super("there is a session with this reuse key", null, false, false);
    }
}
