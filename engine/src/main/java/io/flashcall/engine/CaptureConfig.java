package io.flashcall.engine;

import java.nio.file.Path;
import java.util.Optional;

/// What is kept of the messages on the wire, and where. An instance that exists is valid. An engine sends to the
/// collector and writes the files; ladders are kept by whoever shows them.
///
/// @param hep         a collector that messages are sent to
/// @param pcap        files that messages are written to
/// @param ladderBytes memory for the ladders of recent calls, 65,536 to 17,179,869,184; 0: none are kept
public record CaptureConfig(Optional<Hep> hep, Optional<Pcap> pcap, long ladderBytes) {

    /// Nothing is captured.
    public static final CaptureConfig NONE = new CaptureConfig(Optional.empty(), Optional.empty(), 0);

    private static final long LEAST_LADDERS = 1 << 16;
    private static final long MOST_LADDERS = 1L << 34;

    public CaptureConfig {
        new Problems("capture")
                .check(
                        ladderBytes == 0 || (ladderBytes >= LEAST_LADDERS && ladderBytes <= MOST_LADDERS),
                        "ladders",
                        ladderBytes,
                        "0, or " + LEAST_LADDERS + " to " + MOST_LADDERS + " bytes")
                .throwIfAny();
    }

    /// The same with another collector.
    public CaptureConfig withHep(Hep other) {
        return new CaptureConfig(Optional.of(other), pcap, ladderBytes);
    }

    /// The same with other files.
    public CaptureConfig withPcap(Pcap other) {
        return new CaptureConfig(hep, Optional.of(other), ladderBytes);
    }

    /// What it comes to for an engine that has this trunk alone: no files where those of another trunk are wanted.
    ///
    /// @param trunk its name
    public CaptureConfig ofTrunk(String trunk) {
        var wanted =
                pcap.filter(files -> files.trunk().isEmpty() || files.trunk().equals(trunk));
        return new CaptureConfig(hep, wanted, ladderBytes);
    }

    /// A HEP collector, such as Homer, heplify-server or sngrep.
    ///
    /// @param host      an IP address (IPv6 in brackets) or a name
    /// @param port      1 to 65535, usually 9060
    /// @param captureId tells this engine from the collector's other sources, 0 to 4,294,967,295
    /// @param authKey   what the collector asks for, up to 255 bytes; empty: nothing. A secret
    /// @param sample    which part of the calls is sent, 0.0 to 1.0
    public record Hep(String host, int port, long captureId, String authKey, double sample) {

        private static final int LAST_PORT = 65_535;
        private static final long LAST_ID = 0xffff_ffffL;
        private static final int LONGEST_KEY = 255;

        public Hep {
            new Problems("capture.hep")
                    .check(WireHost.isHost(host), "host", host, "an IP address or a name, IPv6 in brackets")
                    .check(port >= 1 && port <= LAST_PORT, "port", port, "1 to " + LAST_PORT)
                    .check(captureId >= 0 && captureId <= LAST_ID, "capture_id", captureId, "0 to " + LAST_ID)
                    .check(
                            authKey.length() <= LONGEST_KEY && authKey.chars().allMatch(c -> c > ' ' && c <= '~'),
                            "auth_key",
                            authKey.length() + " characters",
                            "up to " + LONGEST_KEY + " printable ASCII characters without spaces")
                    .check(sample >= 0 && sample <= 1, "sample", sample, "0.0 to 1.0")
                    .throwIfAny();
        }

        /// Does not tell the key.
        @Override
        public String toString() {
            String key = authKey.isEmpty() ? "none" : "***";
            return "Hep[" + host + ":" + port + ", capture id " + captureId + ", auth key " + key + ", sample " + sample
                    + "]";
        }
    }

    /// What has a file of its own.
    public enum Per {
        /// All messages together: one file follows another.
        ALL,
        /// Each call. What belongs to no call is left out.
        CALL
    }

    /// Files in the form of tcpdump. They hold telephone numbers in the clear, so only their owner may read them.
    ///
    /// @param directory where they go; it is made if it is not there
    /// @param trunk     whose messages are written; empty: all
    /// @param fileBytes the largest size of one, 1,048,576 to 4,294,967,296
    /// @param files     how many are kept, 2 to 10,000; then the oldest leave
    /// @param per       what has a file of its own
    public record Pcap(Path directory, String trunk, long fileBytes, int files, Per per) {

        private static final long SMALLEST_FILE = 1 << 20;
        private static final long LARGEST_FILE = 1L << 32;
        private static final int FEWEST_FILES = 2;
        private static final int MOST_FILES = 10_000;

        public Pcap {
            new Problems("capture.pcap")
                    .check(!directory.toString().isBlank(), "directory", directory, "the path of a directory")
                    .check(
                            trunk.isEmpty() || trunk.matches("[a-z0-9_-]{1,32}"),
                            "trunk",
                            trunk,
                            "the name of a trunk, or empty for all")
                    .check(
                            fileBytes >= SMALLEST_FILE && fileBytes <= LARGEST_FILE,
                            "file_size",
                            fileBytes,
                            SMALLEST_FILE + " to " + LARGEST_FILE + " bytes")
                    .check(
                            files >= FEWEST_FILES && files <= MOST_FILES,
                            "files",
                            files,
                            FEWEST_FILES + " to " + MOST_FILES)
                    .throwIfAny();
        }

        /// One file after another, with all messages.
        public Pcap(Path directory, String trunk, long fileBytes, int files) {
            this(directory, trunk, fileBytes, files, Per.ALL);
        }

        /// The same, with other files.
        public Pcap withPer(Per other) {
            return new Pcap(directory, trunk, fileBytes, files, other);
        }

        /// All that the files may take together.
        public long totalBytes() {
            return fileBytes * files;
        }
    }
}
