package io.flashcall.engine.capture;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Numbered files in one directory, each up to a size; the oldest leave when there are too many, those of earlier
/// runs too. Only their owner may read them. Their packets are raw IP (`LINKTYPE_RAW`), times in microseconds,
/// big-endian.
///
/// Not thread-safe.
final class PcapFiles {

    private static final int MAGIC = 0xa1b2_c3d4;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    private static final int SNAP_LENGTH = 262_144;
    private static final int LINKTYPE_RAW = 101;
    private static final int RECORD_HEAD = 16;
    private static final int MICROS_A_SECOND = 1_000_000;
    private static final int BUFFER = 1 << 17;
    private static final Pattern NAME = Pattern.compile("flashcall-(\\d{8})\\.pcap");

    private final Path directory;
    private final long fileBytes;
    private final int files;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private @Nullable FileChannel file;
    private long size;

    PcapFiles(CaptureConfig.Pcap config) {
        directory = config.directory();
        fileBytes = config.fileBytes();
        files = config.files();
    }

    /// Makes the directory, if it is not there, and the first file.
    ///
    /// @throws IOException naming the path that cannot be written
    void open() throws IOException {
        try {
            Files.createDirectories(directory, permissions("rwx------"));
            next();
        } catch (IOException e) {
            throw new IOException(
                    "capture.pcap.directory: " + directory + " cannot be used: " + e
                            + " (expected: a directory that we may write, or make)",
                    e);
        }
    }

    /// Writes one packet.
    void write(ByteBuffer packet, long micros) throws IOException {
        int length = packet.remaining();
        if (file == null || size + RECORD_HEAD + length > fileBytes) {
            next();
        }
        if (buffer.remaining() < RECORD_HEAD + length) {
            flush();
        }
        buffer.putInt((int) Math.floorDiv(micros, MICROS_A_SECOND));
        buffer.putInt(Math.floorMod(micros, MICROS_A_SECOND));
        buffer.putInt(length).putInt(length).put(packet);
        size += RECORD_HEAD + length;
    }

    /// Hands what is buffered to the system.
    void flush() throws IOException {
        var to = file;
        if (to == null) {
            buffer.clear();
            return;
        }
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        } finally {
            buffer.clear();
        }
    }

    /// Ends the file; the next packet begins another.
    void close() throws IOException {
        var ended = file;
        if (ended != null) {
            try (ended) {
                flush();
            } finally {
                file = null;
            }
        }
    }

    private void next() throws IOException {
        close();
        var present = present();
        // One leaves for the one that comes.
        for (int i = 0; i <= present.size() - files; i++) {
            Files.deleteIfExists(directory.resolve(present.get(i)));
        }
        long number = present.isEmpty() ? 1 : number(present.getLast()) + 1;
        file = create(number);
        buffer.clear();
        buffer.putInt(MAGIC).putShort(MAJOR).putShort(MINOR);
        buffer.putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_RAW);
        size = buffer.position();
    }

    /// Another process may write there too: whoever comes second takes the next number.
    private FileChannel create(long first) throws IOException {
        for (long number = first; ; number++) {
            var path = directory.resolve("flashcall-%08d.pcap".formatted(number));
            try {
                return FileChannel.open(path, Set.of(CREATE_NEW, WRITE), permissions("rw-------"));
            } catch (FileAlreadyExistsException e) {
                if (number - first > files) {
                    throw e;
                }
            }
        }
    }

    /// Names of our files, oldest first.
    private List<String> present() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new ArrayList<>(all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList());
        }
    }

    private static long number(String name) {
        var match = NAME.matcher(name);
        return match.matches() ? Long.parseLong(match.group(1)) : 0;
    }

    private static FileAttribute<?>[] permissions(String those) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(those))}
                : new FileAttribute<?>[0];
    }
}
