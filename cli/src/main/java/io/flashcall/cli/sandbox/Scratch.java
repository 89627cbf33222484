package io.flashcall.cli.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// A folder for as long as a command runs.
///
/// @param path  of the folder
/// @param keeps whether it stays when the command ends
public record Scratch(Path path, boolean keeps) implements AutoCloseable {

    /// A new one in the system's folder for such, which only its owner can enter.
    ///
    /// @param name what its own name begins with
    public static Scratch temporary(String name) throws IOException {
        return new Scratch(Files.createTempDirectory(name + "-"), false);
    }

    /// A given one, which is made if need be.
    public static Scratch kept(Path path) throws IOException {
        Files.createDirectories(path);
        return new Scratch(path.toAbsolutePath(), true);
    }

    /// Deletes it with all that is in it. What cannot be deleted stays: nobody could do anything about it now.
    @Override
    public void close() {
        if (keeps) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.getLogger(Scratch.class.getName()).log(System.Logger.Level.WARNING, path + " is left behind", e);
        }
    }
}
