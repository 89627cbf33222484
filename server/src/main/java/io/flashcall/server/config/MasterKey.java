package io.flashcall.server.config;

import io.flashcall.verification.Vault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The key that protects secrets at rest: Base64 of 32 random bytes. Whoever loses it loses what was sealed with it.
public sealed interface MasterKey {

    String EXPECTED = "the Base64 of " + Vault.KEY_BYTES + " random bytes, as `openssl rand -base64 32` writes it";

    /// The key itself, for a [Vault].
    ///
    /// @throws IOException when it cannot be read or made, naming the file
    byte[] load() throws IOException;

    /// Reads Base64, with or without a line end.
    ///
    /// @throws IllegalArgumentException when it is not 32 bytes; the message holds nothing of it
    static byte[] decode(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("master key: *** (expected: " + EXPECTED + ")");
        }
        if (key.length != Vault.KEY_BYTES) {
            throw new IllegalArgumentException("master key: " + key.length + " bytes (expected: " + EXPECTED + ")");
        }
        return key;
    }

    /// Given in the configuration, by way of an environment variable.
    record Given(String base64) implements MasterKey {

        public Given {
            decode(base64);
        }

        @Override
        public byte[] load() {
            return decode(base64);
        }

        @Override
        public String toString() {
            return "Given[***]";
        }
    }

    /// In a file that its owner alone can read; made when there is none.
    record InFile(Path file) implements MasterKey {

        /// Several processes may start at once: they all get the same key.
        @Override
        public byte[] load() throws IOException {
            if (!Files.exists(file)) {
                create();
            }
            try {
                return decode(Files.readString(file));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }

        /// Written whole before it has its name, so that nobody reads half a key.
        private void create() throws IOException {
            var directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(directory, file.getFileName().toString(), ".new", owner);
            try {
                try (var channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
                    channel.write(StandardCharsets.US_ASCII.encode(draw() + "\n"));
                    channel.force(true);
                }
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; its key counts.
            } finally {
                Files.delete(draft);
            }
        }

        private static String draw() {
            byte[] key = new byte[Vault.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        }
    }
}
