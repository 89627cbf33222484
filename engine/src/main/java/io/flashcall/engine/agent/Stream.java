package io.flashcall.engine.agent;

import io.flashcall.engine.transport.TlsSettings;

/// A standing connection to one host, as a [Hop] uses it.
interface Stream {

    /// How it stands.
    enum State {
        /// It is being made; calls wait for it.
        CONNECTING,
        UP,
        /// It cannot be made, and waits for the next attempt.
        DOWN
    }

    /// Queues a copy of a message.
    ///
    /// @return false when it is not taken
    boolean send(byte[] bytes, int offset, int length);

    /// Sends what is queued.
    void flush();

    State state();

    /// Why there is no connection, for a person; empty while there is one, or none has failed yet.
    default String trouble() {
        return "";
    }

    /// The next connection is made with these, if it is one by TLS; one that stands is left alone.
    default void renew(TlsSettings settings) {}

    void close();
}
