package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Credentials;
import io.flashcall.engine.Password;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `auth` of a trunk.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PeerReaderTest {

    @TempDir
    Path directory;

    @Test
    void the_password_is_in_a_file_or_in_a_variable() {
        assertThat(auth("{username: us, password_file: /run/secrets/carrier}")
                        .trunk()
                        .peer()
                        .credentials())
                .contains(new Credentials("us", new Password.InFile(Path.of("/run/secrets/carrier"))));
        assertThat(auth("{username: us, password: \"${CARRIER_PASSWORD}\"}")
                        .config(Map.of("CARRIER_PASSWORD", "hunter2"))
                        .trunks()
                        .getFirst()
                        .peer()
                        .credentials())
                .contains(new Credentials("us", new Password.Text("hunter2")));
    }

    @Test
    void the_files_that_it_names_are_relative_to_the_configuration() {
        var peer = auth("{username: us, password_file: secrets/carrier}\n    tls: {trust_store: ca.pem}")
                .trunk()
                .peer();
        assertThat(peer.credentials())
                .contains(new Credentials("us", new Password.InFile(directory.resolve("secrets/carrier"))));
        assertThat(peer.tls().trustStore()).contains(directory.resolve("ca.pem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {username: us}                                      | auth.password_file: missing (expected: a file that holds
            {username: us, password: hunter2}                   | auth.password: *** (expected: ${NAME}, an environment
            {username: us, password: a, password_file: b}       | (expected: either password or password_file)
            {password_file: b}                                  | auth.username: missing
            """)
    void what_is_wrong_is_named_with_what_was_expected_and_no_password_is_shown(String value, String complaint) {
        assertThat(auth(value).complaint())
                .contains("trunks.carrier-a.auth.", complaint)
                .doesNotContain("hunter2");
    }

    private ConfigFile auth(String value) {
        return new ConfigFile(directory, ConfigFile.TRUNK + "    auth: " + value + "\n");
    }
}
