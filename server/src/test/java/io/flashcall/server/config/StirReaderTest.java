package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StirReaderTest {

    private static final String STIR = """
                stir:
                  attestation: A
                  private_key: /run/secrets/stir.key
                  x5u: https://cert.example.org/shaken.pem
                  origid: 123e4567-e89b-12d3-a456-426655440000
            """;

    @TempDir
    Path directory;

    @Test
    void a_trunk_is_not_signed_unless_it_says_so() {
        assertThat(file("").trunk().options().stir()).isEmpty();
    }

    @Test
    void every_key_is_read() {
        assertThat(file(STIR).trunk().options().stir())
                .contains(new StirConfig(
                        Attestation.A,
                        Path.of("/run/secrets/stir.key"),
                        "https://cert.example.org/shaken.pem",
                        "123e4567-e89b-12d3-a456-426655440000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attestation: A | attestation: D | stir.attestation: D (expected: A, B or C)
            x5u: https     | x5u: http      | stir.x5u: http://cert.example.org/shaken.pem (expected: an https URI
            origid: 1      | origid: x      | (expected: a UUID, such as
            private_key    | key            | stir.private_key: missing (expected: the path of a file)
            x5u            | uri            | stir.x5u: missing (expected: an https URI
            private_key    | key            | stir.key: unknown key (expected: one of attestation, private_key, x5u, origid)
            """)
    void what_is_wrong_is_named_with_what_was_expected(String right, String wrong, String complaint) {
        assertThat(file(STIR.replace(right, wrong)).complaint()).contains(complaint);
    }

    @Test
    void nothing_below_it_is_not_taken_for_no_signing() {
        assertThat(file("    stir:\n").complaint()).contains("stir.attestation: missing");
    }

    private ConfigFile file(String more) {
        return new ConfigFile(directory, TRUNK + more);
    }
}
