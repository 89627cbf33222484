package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerHeaders.Privacy;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.E164;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.capture.Tool;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tshark and the testbed read in the headers that say more of a caller.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CallerHeadersSystemTest {

    private static final CallerHeaders ALL = new CallerHeaders(
            true,
            Optional.of(Privacy.NONE),
            Optional.of(new Diversion(new E164("442079460100"), DiversionReason.UNCONDITIONAL)),
            Optional.of(new ChargingVector("flash.example", "sip.flash.example")));

    @TempDir
    private Path temporary;

    @Test
    void tshark_and_the_testbed_read_every_one_of_them() throws IOException {
        var pcap = new CaptureConfig.Pcap(temporary.resolve("wire"), "", 1 << 20, 2);
        String invite;
        try (var stage = Scene.of("ring")
                .options(TrunkOptions.STANDARD.withCallerHeaders(ALL))
                .captured(new CaptureConfig(Optional.empty(), Optional.of(pcap), 0))
                .start()) {
            assertThat(stage.outcome()).isInstanceOf(Rang.class);
            stage.everythingIsOver();
            invite = stage.received("INVITE").getFirst().text();
        }
        byte[] bytes = invite.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SipMessage.parse(bytes, bytes.length)).isPresent();

        Path file;
        try (var files = Files.list(temporary.resolve("wire"))) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(Tool.tshark(file, "_ws.malformed", List.of(), "frame.number"))
                .isEmpty();
        var seen = Tool.tshark(
                file,
                "sip.Method == INVITE",
                List.of(),
                "sip.ppi.user",
                "sip.Privacy",
                "sip.Diversion",
                "sip.P-Charging-Vector",
                "sip.Call-ID");
        assertThat(seen.stream().distinct())
                .as("the INVITE, if repeated, is the same")
                .hasSize(1);
        var fields = seen.getFirst().split("\\|", -1);
        assertThat(fields[0]).isEqualTo(Stage.FROM);
        assertThat(fields[1]).isEqualTo("none");
        assertThat(fields[2])
                .matches("<sip:\\+442079460100@[^@>]+;user=phone>;reason=unconditional;counter=1;privacy=off");
        assertThat(fields[3])
                .isEqualTo("icid-value=" + fields[4].replace("-", "")
                        + ";icid-generated-at=sip.flash.example;orig-ioi=flash.example");
    }
}
