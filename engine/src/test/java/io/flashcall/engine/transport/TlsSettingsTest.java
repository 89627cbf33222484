package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.ClientCertificate;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.transport.TestAuthority.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TlsSettingsTest {

    private static TestAuthority authority;

    @TempDir
    Path folder;

    @BeforeAll
    static void found() throws Exception {
        authority = TestAuthority.root("root");
    }

    @Test
    void without_a_trust_store_the_jdks_authorities_are_trusted() throws Exception {
        var settings = TlsSettings.load(TlsConfig.DEFAULT, "carrier.example");
        assertThat(settings.domain()).isEqualTo("carrier.example");
        assertThat(settings.expires()).isEmpty();
    }

    @Test
    void a_configured_server_name_has_precedence_over_the_domain() throws Exception {
        var config = new TlsConfig(
                Optional.empty(), Optional.empty(), Set.of(Version.TLS_1_3), Optional.of("sip.example"), false);
        assertThat(TlsSettings.load(config, "192.0.2.1").domain()).isEqualTo("sip.example");
    }

    @Test
    void the_first_of_the_presented_certificates_to_expire_is_told() throws Exception {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var soon = now.plus(Duration.ofDays(3));
        var between = authority.intermediate(Claims.of().subject("CN=between").valid(now, soon));
        var client = between.certify(Claims.of());
        var settings = TlsSettings.load(
                clientConfig(client.writeCertificates(folder), client.writeKey(folder)), "carrier.example");
        assertThat(settings.expires()).contains(soon);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        var missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> TlsSettings.load(trustConfig(missing), "carrier.example"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(missing + ": cannot be read (expected: a PEM file)");
    }

    @Test
    void a_trust_store_without_a_certificate_is_named() throws Exception {
        var empty = Files.writeString(folder.resolve("empty.pem"), "nothing here\n");
        assertThatThrownBy(() -> TlsSettings.load(trustConfig(empty), "carrier.example"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(empty + ": ")
                .hasMessageContaining("BEGIN CERTIFICATE");
    }

    @Test
    void a_key_of_somebody_else_is_refused() throws Exception {
        var client = authority.certify(Claims.of());
        var config = clientConfig(
                client.writeCertificates(folder), authority.certify(Claims.of()).writeKey(folder));
        assertThatThrownBy(() -> TlsSettings.load(config, "carrier.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pem: not the key of CN=a server");
    }

    @Test
    void a_key_in_another_form_is_refused_with_what_makes_it_ours_and_without_its_bytes() throws Exception {
        var client = authority.certify(Claims.of());
        String secret = Base64.getEncoder().encodeToString("not to be told".getBytes(US_ASCII));
        for (String form : new String[] {"EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PRIVATE KEY"}) {
            var key = Files.writeString(
                    folder.resolve("other.pem"),
                    "-----BEGIN " + form + "-----\n" + secret + "\n-----END " + form + "-----\n");
            var config = clientConfig(client.writeCertificates(folder), key);
            assertThatThrownBy(() -> TlsSettings.load(config, "carrier.example"))
                    .as(form)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(key + ": ")
                    .hasMessageContaining("expected: ")
                    .hasMessageNotContaining(secret)
                    .hasNoCause();
        }
    }

    @Test
    void a_configuration_that_makes_no_sense_is_refused_with_all_that_is_wrong() {
        assertThatThrownBy(() ->
                        new TlsConfig(Optional.empty(), Optional.empty(), Set.of(), Optional.of("not a name"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls.versions: [] (expected: TLS_1_2, TLS_1_3 or both)")
                .hasMessageContaining("tls.server_name: not a name (expected: a domain name or an IP address)");
    }

    private static TlsConfig trustConfig(Path trustStore) {
        return new TlsConfig(
                Optional.of(trustStore), Optional.empty(), Set.of(Version.TLS_1_3), Optional.empty(), false);
    }

    private static TlsConfig clientConfig(Path certificates, Path key) {
        return new TlsConfig(
                Optional.empty(),
                Optional.of(new ClientCertificate(certificates, key)),
                Set.of(Version.TLS_1_3),
                Optional.empty(),
                false);
    }
}
