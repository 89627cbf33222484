package io.flashcall.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
            try {
                if (Files.size(path) > MOST_BYTES) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                String secret = Files.readString(path).stripTrailing();
                if (secret.isEmpty()) {
                    throw new IOException("empty");
                }
                return secret.getBytes(StandardCharsets.UTF_8);
            } catch (NoSuchFileException e) {
                throw unreadable("not found", e);
            } catch (AccessDeniedException e) {
                throw unreadable("we may not read it", e);
            } catch (IOException e) {
                throw unreadable(String.valueOf(e.getMessage()), e);
            }
        }

        private IOException unreadable(String why, IOException cause) {
            return new IOException(
                    "password_file: " + path + ": " + why + " (expected: a file with the password)", cause);
        }

        @Override
        public String toString() {
            return "the content of " + path;
        }
    }
}
