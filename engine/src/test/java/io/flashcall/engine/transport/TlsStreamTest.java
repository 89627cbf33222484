package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.ClientCertificate;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.transport.TestAuthority.Claims;
import io.flashcall.engine.transport.TestAuthority.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS against servers of the JDK's: what works, and every drill of what does not.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class TlsStreamTest extends StreamFixture {

    private static final String DOMAIN = "carrier.example";

    private static TestAuthority authority;

    @TempDir
    static Path folder;

    @BeforeAll
    static void found() throws Exception {
        authority = TestAuthority.root("root");
        authority.writeCertificate(folder);
    }

    @Override
    DatagramTransport transport() {
        return DatagramTransport.best();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void messages_go_out_and_come_in_over_the_version_that_was_agreed_on(Version version) throws Exception {
        var identity = authority.certify(Claims.ofSip(DOMAIN));
        try (var far = FarListener.tls(V4, identity.serverContext(authority))) {
            var connection = open(far.endpoint(), settings(DOMAIN, version));
            var line = far.accept();
            line.tls().startHandshake();
            var tls = awaitConnected().tls().orElseThrow();
            assertThat(tls.protocol()).isEqualTo(version.jdkName());
            assertThat(tls.cipherSuite()).startsWith("TLS_");
            assertThat(tls.peerExpires())
                    .isEqualTo(identity.certificate().getNotAfter().toInstant());
            send(connection, OPTIONS);
            assertThat(line.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            line.send(OK);
            awaitMessages(OK);
            line.close();
            awaitClosed(CloseReason.CLOSED_BY_PEER);
        }
    }

    @Test
    void what_is_sent_before_the_handshake_waits_for_it() throws Exception {
        try (var far = server(Claims.ofSip(DOMAIN))) {
            var connection = open(far.endpoint(), settings(DOMAIN));
            send(connection, OPTIONS);
            assertThat(far.accept().receive(OPTIONS.length())).isEqualTo(OPTIONS);
        }
    }

    @Test
    void the_peer_is_asked_for_the_domain() throws Exception {
        try (var far = server(Claims.ofSip(DOMAIN))) {
            open(far.endpoint(), settings(DOMAIN));
            var line = far.accept();
            line.tls().startHandshake();
            var session = (ExtendedSSLSession) line.tls().getSession();
            assertThat(session.getRequestedServerNames()).containsExactly(new SNIHostName(DOMAIN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void a_trunk_that_is_an_address_is_known_by_the_address_in_the_certificate(String host) throws Exception {
        try (var far = server(host, Claims.of(new GeneralName(GeneralName.iPAddress, host)))) {
            open(far.endpoint(), settings(host));
            var line = far.accept();
            line.tls().startHandshake();
            awaitConnected();
            var session = (ExtendedSSLSession) line.tls().getSession();
            assertThat(session.getRequestedServerNames()).isEmpty();
        }
    }

    @Test
    void a_certificate_for_sip_domains_alone_is_good() throws Exception {
        try (var far = server(Claims.ofSip(DOMAIN).purposes(TestAuthority.SIP_DOMAIN))) {
            open(far.endpoint(), settings(DOMAIN));
            far.accept().tls().startHandshake();
            awaitConnected();
        }
    }

    @Test
    void an_expired_certificate_ends_it() throws Exception {
        var then = Instant.parse("2020-01-01T00:00:00Z");
        var claims = Claims.ofSip(DOMAIN).valid(then, then.plus(Duration.ofDays(1)));
        var end = endAgainst(claims, CloseReason.TLS_EXPIRED);
        assertThat(end.detail()).isEqualTo("certificate of CN=a server expired at 2020-01-02T00:00:00Z");
    }

    @Test
    void a_certificate_of_the_future_ends_it() throws Exception {
        var soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1));
        var claims = Claims.ofSip(DOMAIN).valid(soon, soon.plus(Duration.ofDays(1)));
        endAgainst(claims, CloseReason.TLS_NOT_YET_VALID);
    }

    @Test
    void a_certificate_of_another_domain_ends_it() throws Exception {
        var end = endAgainst(Claims.ofSip("srv-target.example"), CloseReason.TLS_WRONG_NAME);
        assertThat(end.detail()).isEqualTo("certificate is for srv-target.example (expected: carrier.example)");
    }

    @Test
    void a_certificate_for_clients_ends_it() throws Exception {
        endAgainst(Claims.ofSip(DOMAIN).purposes(KeyPurposeId.id_kp_clientAuth), CloseReason.TLS_WRONG_USAGE);
    }

    @Test
    void an_unknown_issuer_ends_it() throws Exception {
        var stranger = TestAuthority.root("stranger").certify(Claims.ofSip(DOMAIN));
        try (var far = FarListener.tls(V4, stranger.serverContext(authority))) {
            open(far.endpoint(), settings(DOMAIN));
            far.accept().tryHandshake();
            assertThat(awaitClosed(CloseReason.TLS_UNKNOWN_ISSUER).detail()).contains("CN=stranger");
            assertThat(handler.connected).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whoever_must_show_a_certificate_shows_it(Version version) throws Exception {
        var server = authority.certify(Claims.ofSip(DOMAIN));
        var client = authority.certify(Claims.ofSip("us.example").subject("CN=us"));
        try (var far = FarListener.mutualTls(V4, server.serverContext(authority), version.jdkName())) {
            open(far.endpoint(), settingsShowing(client));
            var line = far.accept();
            line.tls().startHandshake();
            awaitConnected();
            assertThat(line.tls().getSession().getPeerPrincipal()).hasToString("CN=us");
        }
    }

    /// In TLS 1.3 the client's handshake is over before the server has judged it.
    @ParameterizedTest
    @EnumSource(Version.class)
    void whoever_misses_our_certificate_says_so(Version version) throws Exception {
        var server = authority.certify(Claims.ofSip(DOMAIN));
        try (var far = FarListener.mutualTls(V4, server.serverContext(authority), version.jdkName())) {
            open(far.endpoint(), settings(DOMAIN));
            far.accept().tryHandshake();
            awaitClosed(CloseReason.TLS_CLIENT_CERTIFICATE);
        }
    }

    @Test
    void a_peer_that_accepts_and_says_nothing_times_out() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), settings(DOMAIN), within(Duration.ofMillis(300)));
            var line = far.accept();
            awaitClosed(CloseReason.TLS_TIMED_OUT);
            assertThat(line.receiveAll()).as("our hello, then the end").isNotEmpty();
        }
    }

    @Test
    void a_peer_that_speaks_no_tls_is_told_as_such() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), settings(DOMAIN));
            far.accept().send(OK);
            awaitClosed(CloseReason.TLS_FAILED);
        }
    }

    @Test
    void a_peer_that_expects_tls_is_told_from_sip_at_once() throws Exception {
        try (var far = server(Claims.ofSip(DOMAIN))) {
            var connection = open(far.endpoint(), Optional.empty());
            send(connection, OPTIONS);
            far.accept().tryHandshake();
            awaitClosed(CloseReason.FRAMING_ERROR);
        }
    }

    @Test
    void a_peer_that_goes_away_in_the_handshake_is_told_as_such() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), settings(DOMAIN));
            var line = far.accept();
            assertThat(line.receive(5)).isNotEmpty();
            line.socket().shutdownOutput();
            awaitClosed(CloseReason.CLOSED_BY_PEER);
        }
    }

    @Test
    void a_reset_in_the_handshake_is_told_as_such() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            open(far.endpoint(), settings(DOMAIN));
            var line = far.accept();
            assertThat(line.receive(5)).isNotEmpty();
            line.reset();
            awaitClosed(CloseReason.RESET);
        }
    }

    @Test
    void what_a_peer_does_not_read_is_refused_beyond_the_mark() throws Exception {
        try (var far = server(Claims.ofSip(DOMAIN))) {
            var connection = open(far.endpoint(), settings(DOMAIN));
            var line = far.accept();
            line.tls().startHandshake();
            awaitConnected();
            String large = "x".repeat(50_000);
            int taken = onLoop(() -> {
                int count = 0;
                while (count < 1_000 && offer(connection, large)) {
                    count++;
                    connection.flush();
                }
                return count;
            });
            assertThat(taken).isBetween(1, 999);
            assertThat(line.receive(taken * 50_000)).hasSize(taken * 50_000);
        }
    }

    private StreamClosed endAgainst(Claims claims, CloseReason expected) throws Exception {
        try (var far = server(claims)) {
            open(far.endpoint(), settings(DOMAIN));
            far.accept().tryHandshake();
            var end = awaitClosed(expected);
            assertThat(handler.connected).isEmpty();
            return end;
        }
    }

    private static FarListener server(Claims claims) throws Exception {
        return server(V4, claims);
    }

    private static FarListener server(String host, Claims claims) throws Exception {
        return FarListener.tls(host, authority.certify(claims).serverContext(authority));
    }

    private static Optional<TlsSettings> settings(String domain, Version... versions) throws Exception {
        var chosen = versions.length == 0 ? Set.of(Version.values()) : Set.of(versions);
        var config = new TlsConfig(
                Optional.of(authority.writeCertificate(folder)), Optional.empty(), chosen, Optional.empty(), false);
        return Optional.of(TlsSettings.load(config, domain));
    }

    private static Optional<TlsSettings> settingsShowing(Identity client) throws Exception {
        var own = Files.createTempDirectory(folder, "client");
        var config = new TlsConfig(
                Optional.of(authority.writeCertificate(folder)),
                Optional.of(new ClientCertificate(client.writeCertificates(own), client.writeKey(own))),
                Set.of(Version.values()),
                Optional.empty(),
                false);
        return Optional.of(TlsSettings.load(config, DOMAIN));
    }
}
