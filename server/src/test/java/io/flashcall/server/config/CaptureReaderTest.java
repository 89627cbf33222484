package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import io.flashcall.engine.CaptureConfig.Per;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CaptureReaderTest {

    @TempDir
    Path directory;

    private ConfigFile file(String capture) {
        return new ConfigFile(directory, capture + "\n" + ConfigFile.TRUNK);
    }

    @Test
    void unless_asked_for_nothing_but_ladders_is_kept() {
        assertThat(file("").config().capture())
                .isEqualTo(new CaptureConfig(Optional.empty(), Optional.empty(), 20 << 20));
        assertThat(file("capture: {ladders: 0}").config().capture()).isEqualTo(CaptureConfig.NONE);
    }

    @Test
    void a_collector_and_files_have_usual_values_for_all_but_where_they_are() {
        assertThat(file("capture: {hep: {host: homer.example}, pcap: {directory: wire}}")
                        .config()
                        .capture())
                .isEqualTo(new CaptureConfig(
                        Optional.of(new Hep("homer.example", 9060, 1, "", 1.0)),
                        Optional.of(new Pcap(Path.of("wire"), "", 64 << 20, 8)),
                        20 << 20));
    }

    @Test
    void each_call_may_have_a_file_of_its_own() {
        assertThat(file("capture: {pcap: {directory: wire, per: call}}")
                        .config()
                        .capture()
                        .pcap())
                .hasValueSatisfying(pcap -> assertThat(pcap.per()).isEqualTo(Per.CALL));
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        file("""
                capture:
                  ladders: 1
                  hep: {host: no host, port: 0, capture_id: 4294967296, sample: 1.5}
                  pcap: {directory: wire, trunk: Some Trunk, file_size: 1000, files: 1, per: leg, size: 1}
                """)
                .complains(
                        "line 2: capture.ladders: 1 (expected: 0, or 65536 to 17179869184 bytes)",
                        "line 3: capture.hep.sample: 1.5 (expected: 0.0 to 1.0)",
                        "line 3: capture.hep.host: no host (expected: an IP address or a name, IPv6 in brackets)",
                        "line 3: capture.hep.port: 0 (expected: 1 to 65535)",
                        "line 3: capture.hep.capture_id: 4294****** (expected: 0 to 4294967295)",
                        "line 4: capture.pcap.per: leg (expected: all or call)",
                        "line 4: capture.pcap.trunk: Some Trunk (expected: the name of a trunk, or empty for all)",
                        "line 4: capture.pcap.file_size: 1000 (expected: 1048576 to 4294967296 bytes)",
                        "line 4: capture.pcap.files: 1 (expected: 2 to 10000)",
                        "line 4: capture.pcap.size: unknown key (expected: one of directory, trunk, file_size,"
                                + " files, per)");
    }

    @Test
    void the_key_of_a_collector_comes_from_the_environment_alone() {
        var written = file("capture: {hep: {host: homer.example, auth_key: very-secret}}");

        written.complains(
                "line 1: capture.hep.auth_key: *** (expected: ${NAME}, an environment variable that holds" + " it)");
        assertThat(file("capture: {hep: {host: homer.example, auth_key: \"${KEY}\"}}")
                        .complaint(Map.of()))
                .contains("capture.hep.auth_key: missing: environment variable KEY");
    }

    @Test
    void the_trunk_of_the_files_must_be_one() {
        assertThat(file("capture: {pcap: {directory: wire, trunk: carrier-b}}").complaint())
                .contains("capture.pcap.trunk: carrier-b (expected: the name of a trunk, or none for all)");
    }
}
