package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RegistrationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `registration` of a trunk.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_trunk_registers_only_where_it_says_so() {
        assertThat(new ConfigFile(directory, ConfigFile.TRUNK).trunk().options().registration())
                .isEmpty();
        assertThat(registration("{user: account-1}")).contains(RegistrationConfig.of("account-1"));
        assertThat(registration("{user: \"+12025550100\", registrar: \"ims.example:5070\", expires: 1h}"))
                .contains(new RegistrationConfig("+12025550100", Optional.of("ims.example:5070"), Duration.ofHours(1)));
    }

    private Optional<RegistrationConfig> registration(String value) {
        return new ConfigFile(directory, ConfigFile.TRUNK + "    registration: " + value + "\n")
                .trunk()
                .options()
                .registration();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | registration.user: missing
            {user: \"a@b\"}                           | registration.user: a@b (expected: 1 to 128 characters of
            {user: \"44207946012>\"}                  | registration.user: 4420*******> (expected
            {user: a, expires: 9s}                    | registration.expires: 9s (expected: 10s to 24h
            {user: a, expires: 25h}                   | registration.expires: 25h (expected: 10s to 24h
            {user: a, expires: 10500ms}               | registration.expires: 10500ms (expected: 10s to 24h, in whole
            {user: a, registrar: \"sip:b.example\"}   | registration.registrar: sip:b.example (expected: HOST or HOST:PORT
            {user: a, registrar: \"b;c\"}             | registration.registrar: b;c (expected: HOST or HOST:PORT
            {user: a, registra: b}                    | registration.registra: unknown key (did you mean registrar?)
            """)
    void what_is_wrong_is_named_with_what_was_expected(String value, String complaint) {
        var file = new ConfigFile(directory, ConfigFile.TRUNK + "    registration: " + value.replace("\\", "") + "\n");
        assertThat(file.complaint()).contains("trunks.carrier-a." + complaint);
    }
}
