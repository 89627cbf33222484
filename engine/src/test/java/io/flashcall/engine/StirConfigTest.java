package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flashcall.engine.StirConfig.Attestation;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StirConfigTest {

    private static final Path KEY = Path.of("stir.pem");
    private static final String X5U = "https://cert.example.org/passport.cer";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                X5U,
                "https://cert.example.org",
                "https://cert.example.org:443/a/b.pem",
                "https://cert.example.org:8443/a%20b.pem",
                "HTTPS://cert.example.org/a.pem",
                "https://192.0.2.1/a.pem",
                "https://[2001:db8::1]:8443/a.pem"
            })
    void an_https_uri_of_the_allowed_form_is_an_x5u(String uri) {
        assertThat(new StirConfig(Attestation.A, KEY, uri, ORIGID).x5u()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cert.example.org",
                "http://cert.example.org/a.pem",
                "ftp://cert.example.org/a.pem",
                "https:",
                "https:///a.pem",
                "https:cert.example.org",
                "https://cert.example.org:80/a.pem",
                "https://cert.example.org:8080/a.pem",
                "https://cert.example.org:0/a.pem",
                "https://user@cert.example.org/a.pem",
                "https://user:secret@cert.example.org/a.pem",
                "https://@cert.example.org/a.pem",
                "https://cert.example.org/a.pem?q=1",
                "https://cert.example.org/a.pem?",
                "https://cert.example.org/a.pem#f",
                "https://cert.example.org/a.pem#",
                "https://cert.example.org/a;v=1/b.pem",
                "https://cert.example.org/a\"b.pem",
                "https://cert.example.org/a\\b.pem",
                "https://cert.example.org/a>b.pem",
                "https://cert.example.org/a b.pem",
                "https://cert.example.org/a\r\nb.pem",
                "https://cert.example.org/\u00e4.pem"
            })
    void any_other_is_not(String uri) {
        assertThatThrownBy(() -> new StirConfig(Attestation.A, KEY, uri, ORIGID))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stir.x5u: " + uri)
                .hasMessageContaining("expected: an https URI on port 443 or 8443");
    }

    @Test
    void a_very_long_uri_is_not() {
        assertThat(StirConfig.isX5u("https://cert.example.org/" + "a".repeat(487)))
                .isTrue();
        assertThat(StirConfig.isX5u("https://cert.example.org/" + "a".repeat(488)))
                .isFalse();
    }

    @Test
    void an_origid_is_written_in_lower_case() {
        var config = new StirConfig(Attestation.C, KEY, X5U, "123E4567-E89B-12D3-A456-426655440000");

        assertThat(config.origid()).isEqualTo(ORIGID);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> new StirConfig(Attestation.B, Path.of(""), "nowhere", "1-1-1-1-1"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(ConfigException.Problem::key, ConfigException.Problem::value)
                                .containsExactly(
                                        tuple("stir.private_key", "nothing"),
                                        tuple("stir.x5u", "nowhere"),
                                        tuple("stir.origid", "1-1-1-1-1")));
    }
}
