package io.flashcall.server.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes the file of a database, for its owner's eyes only. SQLite gives its companions (`-wal`, `-shm`) the same mode.
final class SqliteFile {

    private SqliteFile() {}

    /// Does nothing where there is one.
    static void create(Path file) {
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent, mode("rwx------"));
            }
            Files.createFile(file, mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw new StoreException("cannot open the database " + file + ": it is no file");
            }
        } catch (IOException e) {
            throw new StoreException("cannot make the database " + file + ": " + e, e);
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
