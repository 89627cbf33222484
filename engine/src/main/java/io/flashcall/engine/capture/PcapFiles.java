package io.flashcall.engine.capture;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Numbered files in one directory, each up to a size; the oldest leave when there are too many, those of earlier
/// runs too.
///
/// Not thread-safe.
final class PcapFiles implements PacketFiles {

    private static final int BUFFER = 1 << 17;
    private static final Pattern NAME = Pattern.compile("flashcall-(\\d{8})\\.pcap");

    private final Path directory;
    private final long fileBytes;
    private final int files;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final TcpStreams streams = new TcpStreams();
    private @Nullable FileChannel file;
    private long size;

    PcapFiles(CaptureConfig.Pcap config) {
        directory = config.directory();
        fileBytes = config.fileBytes();
        files = config.files();
    }

    /// Makes the directory, if it is not there, and the first file.
    @Override
    public void open() throws IOException {
        try {
            PcapFormat.makeDirectory(directory);
            next();
        } catch (IOException e) {
            throw PcapFormat.unusable(directory, e);
        }
    }

    @Override
    public boolean takes(WireMessage message) {
        return true;
    }

    @Override
    public TcpStreams.Position advance(WireMessage message, int bytes) {
        return streams.advance(message, bytes);
    }

    @Override
    public void write(ByteBuffer packet, long micros) throws IOException {
        int length = packet.remaining();
        if (file == null || size + PcapFormat.RECORD_HEAD + length > fileBytes) {
            next();
        }
        if (buffer.remaining() < PcapFormat.RECORD_HEAD + length) {
            flush();
        }
        PcapFormat.putRecord(buffer, packet, micros);
        size += PcapFormat.RECORD_HEAD + length;
    }

    @Override
    public void flush() throws IOException {
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
    @Override
    public void close() throws IOException {
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
        PcapFormat.putFileHead(buffer);
        size = buffer.position();
    }

    /// Another process may write there too: whoever comes second takes the next number.
    private FileChannel create(long first) throws IOException {
        for (long number = first; ; number++) {
            var path = directory.resolve("flashcall-%08d.pcap".formatted(number));
            try {
                return FileChannel.open(path, Set.of(CREATE_NEW, WRITE), PcapFormat.filePermissions());
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
}
