package io.flashcall.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// How much room there is on the disk of a file, in bytes; nothing where it cannot be told.
///
/// @param file need not exist, its folder must
record DiskSpace(Path file) implements Supplier<OptionalLong> {

    @Override
    public OptionalLong get() {
        try {
            var folder = file.toAbsolutePath().getParent();
            return folder == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
