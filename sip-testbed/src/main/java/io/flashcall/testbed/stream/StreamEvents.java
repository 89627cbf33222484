package io.flashcall.testbed.stream;

/// Hears what happens on connections, on their own threads; must be quick and thread-safe.
public interface StreamEvents {

    /// A connection is there, its handshake done.
    void onOpened(Connection connection);

    /// A whole message, or a ping as [io.flashcall.testbed.wire.StreamReader#isPing] knows it.
    void onMessage(Connection connection, byte[] bytes);

    /// It is gone, whoever ended it.
    ///
    /// @param why a few words for the log, such as the exception's
    void onClosed(Connection connection, String why);

    /// A TLS handshake was made or failed.
    void onHandshake(Handshake handshake);
}
