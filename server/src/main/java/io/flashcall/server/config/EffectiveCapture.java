package io.flashcall.server.config;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import java.util.Locale;
import java.util.StringJoiner;

/// Shows what is kept of the messages on the wire, in the file's own notation.
final class EffectiveCapture {

    private EffectiveCapture() {}

    /// One line.
    static String print(CaptureConfig capture) {
        var text = new StringJoiner(", ", "capture: {", "}\n");
        text.add("ladders: " + size(capture.ladderBytes()));
        capture.hep().map(EffectiveCapture::hep).ifPresent(text::add);
        capture.pcap().map(EffectiveCapture::pcap).ifPresent(text::add);
        return text.toString();
    }

    /// The key stays where it is.
    private static String hep(Hep hep) {
        return "hep: {host: \"%s\", port: %d, capture_id: %d, %ssample: %s}"
                .formatted(
                        hep.host(),
                        hep.port(),
                        hep.captureId(),
                        hep.authKey().isEmpty() ? "" : "auth_key: \"***\", ",
                        hep.sample());
    }

    private static String pcap(Pcap pcap) {
        return "pcap: {directory: \"%s\", %sfile_size: %s, files: %d, per: %s}"
                .formatted(
                        pcap.directory(),
                        pcap.trunk().isEmpty() ? "" : "trunk: " + pcap.trunk() + ", ",
                        size(pcap.fileBytes()),
                        pcap.files(),
                        pcap.per().name().toLowerCase(Locale.ROOT));
    }

    /// A file gives no more than [Sizes] can read; an embedder may.
    private static String size(long bytes) {
        return bytes <= Integer.MAX_VALUE ? Sizes.text((int) bytes) : String.valueOf(bytes);
    }
}
