package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.ClientCertificate;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.transport.TestAuthority.Claims;
import io.flashcall.engine.transport.TestAuthority.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS against OpenSSL, which shares no code with the JDK.
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledIf("isInstalled")
@Timeout(60)
class OpensslStreamTest extends StreamFixture {

    private static final String DOMAIN = "carrier.example";

    private static TestAuthority root;
    private static TestAuthority intermediate;
    private static Path trustStore;

    @TempDir
    static Path folder;

    static boolean isInstalled() {
        return OpensslServer.isInstalled();
    }

    @BeforeAll
    static void found() throws Exception {
        root = TestAuthority.root("root");
        intermediate = root.intermediate(Claims.of().subject("CN=intermediate"));
        trustStore = root.writeCertificate(folder);
    }

    @Override
    DatagramTransport transport() {
        return DatagramTransport.best();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void messages_go_out_and_come_in(Version version) throws Exception {
        var peer = intermediate.certifyRsa(Claims.ofSip(DOMAIN));
        try (var far = OpensslServer.start(newFolder(), peer, option(version))) {
            var connection = open(far.endpoint(), settings(Optional.empty()));
            assertThat(awaitConnected().tls().orElseThrow().protocol()).isEqualTo(version.jdkName());
            send(connection, OPTIONS);
            assertThat(far.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            far.send(OK + OK);
            awaitMessages(OK, OK);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void our_certificate_is_shown_and_accepted(Version version) throws Exception {
        for (var us :
                new Identity[] {root.certify(Claims.ofSip("us.example")), root.certifyRsa(Claims.ofSip("us.example"))
                }) {
            handler.connected.clear();
            try (var far = OpensslServer.start(newFolder(), serverIdentity(), demandingOurs(version))) {
                var connection = open(far.endpoint(), settings(Optional.of(us)));
                awaitConnected();
                send(connection, OPTIONS);
                assertThat(far.receive(OPTIONS.length())).isEqualTo(OPTIONS);
                onLoop(() -> {
                    connection.close();
                    return true;
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whoever_misses_our_certificate_says_so(Version version) throws Exception {
        try (var far = OpensslServer.start(newFolder(), serverIdentity(), demandingOurs(version))) {
            open(far.endpoint(), settings(Optional.empty()));
            awaitClosed(CloseReason.TLS_CLIENT_CERTIFICATE);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whoever_does_not_trust_our_certificate_says_so(Version version) throws Exception {
        var stranger = TestAuthority.root("stranger").certify(Claims.ofSip("us.example"));
        try (var far = OpensslServer.start(newFolder(), serverIdentity(), demandingOurs(version))) {
            open(far.endpoint(), settings(Optional.of(stranger)));
            awaitClosed(CloseReason.TLS_CLIENT_CERTIFICATE);
        }
    }

    @Test
    void a_peer_without_a_cipher_in_common_fails_in_general() throws Exception {
        var nothingOfOurs = new String[] {"-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"};
        try (var far = OpensslServer.start(newFolder(), serverIdentity(), nothingOfOurs)) {
            open(far.endpoint(), settings(Optional.empty()));
            awaitClosed(CloseReason.TLS_FAILED);
        }
    }

    @Test
    void a_certificate_of_another_domain_ends_it() throws Exception {
        var peer = root.certify(Claims.ofSip("other.example"));
        try (var far = OpensslServer.start(newFolder(), peer)) {
            open(far.endpoint(), settings(Optional.empty()));
            awaitClosed(CloseReason.TLS_WRONG_NAME);
        }
    }

    private static Identity serverIdentity() throws Exception {
        return root.certify(Claims.ofSip(DOMAIN));
    }

    private static String[] demandingOurs(Version version) {
        return new String[] {option(version), "-Verify", "2", "-verify_return_error", "-CAfile", trustStore.toString()};
    }

    private static String option(Version version) {
        return switch (version) {
            case TLS_1_2 -> "-tls1_2";
            case TLS_1_3 -> "-tls1_3";
        };
    }

    private static Optional<TlsSettings> settings(Optional<Identity> client) throws Exception {
        Optional<ClientCertificate> shown = Optional.empty();
        if (client.isPresent()) {
            var own = newFolder();
            shown = Optional.of(new ClientCertificate(
                    client.get().writeCertificates(own), client.get().writeKey(own)));
        }
        var config = new TlsConfig(Optional.of(trustStore), shown, Set.of(Version.values()), Optional.empty(), false);
        return Optional.of(TlsSettings.load(config, DOMAIN));
    }

    private static Path newFolder() throws Exception {
        return Files.createTempDirectory(folder, "peer");
    }
}
