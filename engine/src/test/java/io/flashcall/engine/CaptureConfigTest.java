package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CaptureConfigTest {

    private static final Path WIRE = Path.of("wire");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "homer.example"})
    void a_collector_is_an_address_or_a_name(String host) {
        assertThatCode(() -> new Hep(host, 9060, 0xffff_ffffL, "", 0.1)).doesNotThrowAnyException();
    }

    @Test
    void all_that_is_wrong_with_a_collector_is_said_at_once_and_its_key_is_not() {
        assertThatThrownBy(() -> new Hep("no host", 0, -1, "a secret", 1.1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "capture.hep.host: no host",
                        "capture.hep.port: 0 (expected: 1 to 65535)",
                        "capture.hep.capture_id: -1 (expected: 0 to 4294967295)",
                        "capture.hep.auth_key: 8 characters",
                        "capture.hep.sample: 1.1 (expected: 0.0 to 1.0)")
                .hasMessageNotContaining("a secret");
        assertThatThrownBy(() -> new Hep("::1", 9060, 1, "x".repeat(256), Double.NaN))
                .hasMessageContainingAll("host: ::1", "auth_key: 256 characters", "sample: NaN");
    }

    @Test
    void a_collector_s_key_is_not_told() {
        assertThat(new Hep("homer.example", 9060, 7, "secret-key", 1))
                .hasToString("Hep[homer.example:9060, capture id 7, auth key ***, sample 1.0]");
        assertThat(new Hep("homer.example", 9060, 7, "", 1).toString()).contains("auth key none");
        assertThat(new CaptureConfig(
                                Optional.of(new Hep("homer.example", 9060, 7, "secret-key", 1)), Optional.empty(), 0)
                        .toString())
                .doesNotContain("secret-key");
    }

    @Test
    void all_that_is_wrong_with_files_is_said_at_once() {
        assertThatThrownBy(() -> new Pcap(Path.of(""), "Some Trunk", 1_000, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "capture.pcap.directory: ",
                        "capture.pcap.trunk: Some Trunk",
                        "capture.pcap.file_size: 1000 (expected: 1048576 to 4294967296 bytes)",
                        "capture.pcap.files: 1 (expected: 2 to 10000)");
        assertThat(new Pcap(WIRE, "carrier-a", 1 << 20, 8).totalBytes()).isEqualTo(8 << 20);
    }

    @Test
    void files_of_another_trunk_are_nothing_to_an_engine_that_has_but_one() {
        var all = CaptureConfig.NONE.withPcap(new Pcap(WIRE, "", 1 << 20, 8));
        var some = CaptureConfig.NONE
                .withPcap(new Pcap(WIRE, "carrier-a", 1 << 20, 8))
                .withHep(new Hep("homer.example", 9060, 7, "", 1));

        assertThat(all.ofTrunk("carrier-b")).isEqualTo(all);
        assertThat(some.ofTrunk("carrier-a")).isEqualTo(some);
        assertThat(some.ofTrunk("carrier-b"))
                .isEqualTo(CaptureConfig.NONE.withHep(some.hep().get()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 65_535, (1L << 34) + 1})
    void ladders_have_no_room_or_some(long bytes) {
        assertThatThrownBy(() -> new CaptureConfig(Optional.empty(), Optional.empty(), bytes))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("capture.ladders: " + bytes);
    }
}
