package io.flashcall.engine.capture;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.flashcall.engine.CallId;
import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file for each call, named by when it began and its `CallId`, since ids come again after a restart. It begins
/// with an INVITE of ours; the oldest leave when there are too many, those of earlier runs first, and what then comes
/// for their calls has no place. No file stays open: each packet is written where the last complete one ended, so
/// that one which failed leaves nothing behind.
///
/// Not thread-safe.
final class PcapCalls implements PacketFiles {

    private static final Pattern NAME = Pattern.compile("flashcall-call-\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{16}\\.pcap");
    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] INVITE = {'I', 'N', 'V', 'I', 'T', 'E', ' '};
    private static final int BUFFER = 1 << 17;

    /// More than the heads of a message's packets take.
    private static final int HEADS = 256;

    private final Path directory;
    private final long fileBytes;
    private final int files;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    /// Of earlier runs, the oldest first.
    private final Queue<Path> earlier = new ArrayDeque<>();

    /// Of this one, likewise.
    private final Map<Long, CallFile> calls = new LinkedHashMap<>();

    private @Nullable CallFile current;

    private static final class CallFile {

        private final Path path;

        /// Connections carry many calls, of which the file has one.
        private final TcpStreams streams = new TcpStreams();

        private long size;

        CallFile(Path path) {
            this.path = path;
        }
    }

    PcapCalls(CaptureConfig.Pcap config) {
        directory = config.directory();
        fileBytes = config.fileBytes();
        files = config.files();
    }

    /// Makes the directory, if it is not there, and tries whether it can be written.
    @Override
    public void open() throws IOException {
        try {
            PcapFormat.makeDirectory(directory);
            Files.delete(Files.createTempFile(directory, "flashcall-", ".try", PcapFormat.filePermissions()));
            earlier.addAll(present());
            leave(files);
        } catch (IOException e) {
            throw PcapFormat.unusable(directory, e);
        }
    }

    @Override
    public boolean takes(WireMessage message) throws IOException {
        var file = calls.get(message.call());
        if (file == null && begins(message)) {
            file = begin(message);
        }
        current = file;
        return file != null && file.size + message.length() + HEADS <= fileBytes;
    }

    private static boolean begins(WireMessage message) {
        if (!message.sent() || message.length() < INVITE.length) {
            return false;
        }
        for (int i = 0; i < INVITE.length; i++) {
            if (message.bytes()[i] != INVITE[i]) {
                return false;
            }
        }
        return true;
    }

    private CallFile begin(WireMessage message) throws IOException {
        leave(files - 1);
        var begun = BEGUN.format(Instant.EPOCH.plus(message.wallMicros(), ChronoUnit.MICROS));
        var name = "flashcall-call-" + begun + "-" + new CallId(message.call()) + ".pcap";
        var file = new CallFile(directory.resolve(name));
        calls.put(message.call(), file);
        return file;
    }

    /// The oldest, until no more than that many are left.
    private void leave(int most) throws IOException {
        var own = calls.values().iterator();
        while (earlier.size() + calls.size() > most) {
            var oldest = earlier.peek();
            if (oldest != null) {
                Files.deleteIfExists(oldest);
                earlier.remove();
            } else {
                Files.deleteIfExists(own.next().path);
                own.remove();
            }
        }
    }

    @Override
    public TcpStreams.Position advance(WireMessage message, int bytes) {
        return current == null ? TcpStreams.Position.NONE : current.streams.advance(message, bytes);
    }

    @Override
    public void write(ByteBuffer packet, long micros) throws IOException {
        var file = current;
        if (file == null) {
            throw new IllegalStateException("no call (expected: one that is taken)");
        }
        try (var channel = channel(file)) {
            buffer.clear();
            if (file.size == 0) {
                PcapFormat.putFileHead(buffer);
            }
            PcapFormat.putRecord(buffer, packet, micros);
            buffer.flip();
            long at = file.size;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            file.size = at;
        }
    }

    /// Whoever removes a file while its call goes on gets the rest in another.
    private static FileChannel channel(CallFile file) throws IOException {
        if (file.size > 0) {
            try {
                return FileChannel.open(file.path, Set.of(WRITE, LinkOption.NOFOLLOW_LINKS));
            } catch (NoSuchFileException e) {
                file.size = 0;
            }
        }
        return FileChannel.open(
                file.path,
                Set.of(CREATE, TRUNCATE_EXISTING, WRITE, LinkOption.NOFOLLOW_LINKS),
                PcapFormat.filePermissions());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /// Our files, oldest first, as their names tell.
    private List<Path> present() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
