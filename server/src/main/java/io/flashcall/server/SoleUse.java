package io.flashcall.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One service at a time works on a database: a second one, started by mistake, must do nothing before it says so.
/// Commands may read and write beside it. The lock ends with its process, however that ends.
final class SoleUse implements AutoCloseable {

    private static final FileAttribute<?> FILE_OF_OWNER = mode("rw-------");
    private static final FileAttribute<?> FOLDER_OF_OWNER = mode("rwx------");

    private final FileChannel channel;

    private SoleUse(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws IOException when another service has it, or the file cannot be made
    static SoleUse of(Path database) throws IOException {
        var file = database.toAbsolutePath().resolveSibling(database.getFileName() + ".lock");
        Files.createDirectories(file.getParent(), FOLDER_OF_OWNER);
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var channel = FileChannel.open(file, options, FILE_OF_OWNER);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(database + " is used by another service (expected: one service for a database)");
        }
        return new SoleUse(channel);
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
