package io.flashcall.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A secret that a carrier gave us. No message ever shows it.
public sealed interface Password {

    /// The secret as it is hashed: UTF-8.
    ///
    /// @throws IOException naming the file that cannot be read
    byte[] read() throws IOException;

    /// As the configuration holds it.
    record Text(String secret) implements Password {

        @Override
        public byte[] read() {
            return secret.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /// The content of a file, without the line end that editors leave there.
    record InFile(Path path) implements Password {

        private static final long MOST_BYTES = 4096;

        @Override
        public byte[] read() throws IOException {
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException(path + ": more than " + MOST_BYTES + " bytes (expected: a password)");
            }
            return Files.readString(path).stripTrailing().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "the content of " + path;
        }
    }
}
