package io.flashcall.engine.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// What capture files have in common: packets of raw IP (`LINKTYPE_RAW`), times in microseconds, big-endian; only
/// their owner may read them.
final class PcapFormat {

    static final int RECORD_HEAD = 16;

    private static final int MAGIC = 0xa1b2_c3d4;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    private static final int SNAP_LENGTH = 262_144;
    private static final int LINKTYPE_RAW = 101;
    private static final int MICROS_A_SECOND = 1_000_000;

    private PcapFormat() {}

    static void putFileHead(ByteBuffer into) {
        into.putInt(MAGIC).putShort(MAJOR).putShort(MINOR);
        into.putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_RAW);
    }

    static void putRecord(ByteBuffer into, ByteBuffer packet, long micros) {
        int length = packet.remaining();
        into.putInt((int) Math.floorDiv(micros, MICROS_A_SECOND));
        into.putInt(Math.floorMod(micros, MICROS_A_SECOND));
        into.putInt(length).putInt(length).put(packet);
    }

    static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, permissions("rwx------"));
    }

    static FileAttribute<?>[] filePermissions() {
        return permissions("rw-------");
    }

    /// Says which key of the configuration is to blame.
    static IOException unusable(Path directory, IOException cause) {
        return new IOException(
                "capture.pcap.directory: " + directory + " cannot be used: " + cause
                        + " (expected: a directory that we may write, or make)",
                cause);
    }

    private static FileAttribute<?>[] permissions(String those) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(those))}
                : new FileAttribute<?>[0];
    }
}
