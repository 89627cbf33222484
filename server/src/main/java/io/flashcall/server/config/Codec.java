package io.flashcall.server.config;

/// Turns a definition into text and back: what an operator writes in YAML, an admin sends as JSON, and a store keeps.
public interface Codec<T> {

    /// One line of JSON.
    String write(T value);

    /// Reads JSON or YAML.
    ///
    /// @throws ConfigFileException naming every problem with its key and what was expected
    T read(String text);
}
