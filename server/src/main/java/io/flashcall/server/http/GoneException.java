package io.flashcall.server.http;

/// The client was answered already, or is gone: there is nothing more to say on this connection.
final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GoneException() {
        super("the connection is given up", null, false, false);
    }
}
