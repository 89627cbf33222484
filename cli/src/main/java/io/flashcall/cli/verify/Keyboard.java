package io.flashcall.cli.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;

/// Reads lines on a thread of its own, so that nobody who waits for a line misses what happens meanwhile.
final class Keyboard {

    private Keyboard() {}

    /// @param consumer hears of each line, and of the end
    static void read(Reader reader, Consumer<News> consumer) {
        Thread.ofPlatform().daemon().name("flashcall-keyboard").start(() -> {
            try (var lines = new BufferedReader(reader)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    consumer.accept(new News.Typed(line));
                }
            } catch (IOException e) {
                // Whatever happened to it, nothing more will come.
            }
            consumer.accept(new News.NoMore());
        });
    }
}
