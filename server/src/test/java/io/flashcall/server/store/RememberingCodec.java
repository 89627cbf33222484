package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Gives each value a number for its text, and remembers it.
final class RememberingCodec<T> implements Codec<T> {

    private static final Map<String, Object> VALUES = new ConcurrentHashMap<>();

    @Override
    public String write(T value) {
        var text = "definition " + VALUES.size();
        VALUES.put(text, value);
        return text;
    }

    @Override
    @SuppressWarnings("unchecked") // Whoever reads a text has the codec that wrote it.
    public T read(String text) {
        return (T) Objects.requireNonNull(VALUES.get(text));
    }
}
