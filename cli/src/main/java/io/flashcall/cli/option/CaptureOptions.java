package io.flashcall.cli.option;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// What to keep of the messages, besides what the configuration says.
final class CaptureOptions {

    private static final long FILE_BYTES = 64L << 20;
    private static final int FILES = 8;

    @Option(
            names = "--pcap",
            paramLabel = "DIRECTORY",
            description =
                    "Write each message to capture files there, for Wireshark, tshark or sngrep; messages over TLS"
                            + " in plain text. They show telephone numbers.")
    private @Nullable Path pcap;

    @Option(
            names = "--hep",
            paramLabel = "HOST[:PORT]",
            converter = CollectorConverter.class,
            description = "Send each message to this HEP collector, such as Homer or sngrep -L udp:HOST:PORT (port 9060"
                    + " unless given).")
    private @Nullable Hep hep;

    /// Reads where a collector is.
    static final class CollectorConverter implements ITypeConverter<Hep> {

        private static final int USUAL_PORT = 9060;
        private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::(\\d{1,5}))?");

        @Override
        public Hep convert(String text) throws Exception {
            return Values.read(CollectorConverter::parse).convert(text);
        }

        private static Hep parse(String text) {
            var parts = HOST_AND_PORT.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(text + " (expected: HOST or HOST:PORT, IPv6 in brackets)");
            }
            int port = parts.group(2) == null ? USUAL_PORT : Integer.parseInt(parts.group(2));
            return new Hep(parts.group(1), port, 1, "", 1.0);
        }
    }

    /// What the command line says wins.
    CaptureConfig over(CaptureConfig configured) {
        var capture = configured;
        if (pcap != null) {
            capture = capture.withPcap(new Pcap(pcap, "", FILE_BYTES, FILES));
        }
        return hep == null ? capture : capture.withHep(hep);
    }
}
