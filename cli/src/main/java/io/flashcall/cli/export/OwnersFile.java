package io.flashcall.cli.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Writes a file that its owner alone may read (mode 0600). It appears when it is whole.
final class OwnersFile {

    private OwnersFile() {}

    static void write(Path file, Content content) throws IOException {
        var folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("."));
        var draft = Files.createTempFile(folder, ".export-", ".csv", ownersAlone());
        try {
            try (var writer = Files.newBufferedWriter(draft)) {
                content.write(writer);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// What is to be written.
    interface Content {

        void write(Writer writer) throws IOException;
    }
}
