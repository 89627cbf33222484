package io.flashcall.server.config;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import io.flashcall.engine.CaptureConfig.Per;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what is kept of the messages on the wire.
final class CaptureReader {

    static final long LADDER_BYTES = 20L << 20;
    static final int HEP_PORT = 9060;
    static final long FILE_BYTES = 64L << 20;
    static final int FILES = 8;

    private static final CaptureConfig STANDARD = new CaptureConfig(Optional.empty(), Optional.empty(), LADDER_BYTES);
    private static final Kind<Long> ID =
            Kind.matching("0 to 4294967295", Pattern.compile("\\d{1,10}")).map(Long::parseLong);
    private static final Kind<Double> SAMPLE = Kind.matching(
                    "0.0 to 1.0", Pattern.compile("(?:0(?:\\.\\d{1,9})?|1(?:\\.0{1,9})?)"))
            .map(Double::parseDouble);

    private static final Kind<Per> PER =
            Kind.oneOf(List.of("all", "call")).map(word -> Per.valueOf(word.toUpperCase(Locale.ROOT)));

    private CaptureReader() {}

    static CaptureConfig read(Section capture) {
        long ladders = capture.value("ladders", Kind.SIZE.map(Integer::longValue), LADDER_BYTES);
        var hep = capture.section("hep", section -> hep(capture, section));
        var pcap = capture.section("pcap", section -> pcap(capture, section));
        return capture.build("capture.", () -> new CaptureConfig(hep, pcap, ladders))
                .orElse(STANDARD);
    }

    private static Optional<Hep> hep(Section capture, Section section) {
        if (!capture.has("hep")) {
            return Optional.empty();
        }
        var host = section.required("host", Kind.TEXT);
        int port = section.value("port", Kind.INTEGER, HEP_PORT);
        long id = section.value("capture_id", ID, 1L);
        var key = section.secret("auth_key").orElse("");
        double sample = section.value("sample", SAMPLE, 1.0);
        return host.flatMap(
                collector -> section.build("capture.hep.", () -> new Hep(collector, port, id, key, sample)));
    }

    private static Optional<Pcap> pcap(Section capture, Section section) {
        if (!capture.has("pcap")) {
            return Optional.empty();
        }
        var directory = section.required("directory", Kind.PATH.expecting("the path of a directory"));
        var trunk = section.value("trunk", Kind.TEXT, "");
        long size = section.value("file_size", Kind.SIZE.map(Integer::longValue), FILE_BYTES);
        int files = section.value("files", Kind.INTEGER, FILES);
        var per = section.value("per", PER, Per.ALL);
        return directory.flatMap(path -> section.build("capture.pcap.", () -> new Pcap(path, trunk, size, files, per)));
    }
}
