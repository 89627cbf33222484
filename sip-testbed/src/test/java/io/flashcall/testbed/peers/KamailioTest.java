package io.flashcall.testbed.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What Kamailio does by itself: challenges, nonces, registration, refusals, certificates.
@Tag("peers")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class KamailioTest {

    private static final String SECRET = "caller-secret";

    private static KamailioBuilder withDigest() {
        return Kamailio.builder().user(DigestCaller.USER, SECRET).digest(DigestAlgorithm.SHA_256);
    }

    private static DigestCaller caller(Kamailio kamailio) throws IOException {
        return new DigestCaller(Wire.udp(kamailio.address(Transport.UDP)), DigestCaller.USER, SECRET);
    }

    /// OPTIONS is the shortest request that is challenged, and Kamailio answers it by itself.
    private static SipMessage challenged(DigestCaller caller) {
        caller.send("OPTIONS");
        return caller.await(407);
    }

    @Test
    void it_tells_its_version() {
        assertThat(Kamailio.version()).matches("kamailio [0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    @Test
    void a_nonce_serves_several_requests_and_each_count_once() throws IOException {
        try (Kamailio kamailio = withDigest().start();
                DigestCaller caller = caller(kamailio)) {
            SipMessage challenge = challenged(caller);
            String first = caller.credentials(challenge, "OPTIONS");
            caller.send("OPTIONS", first);
            caller.await(200);
            caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
            caller.await(200);
            caller.send("OPTIONS", first);
            assertThat(DigestCaller.challenges(caller.await(407))).hasSize(1).allMatch(line -> line.contains("stale"));
        }
    }

    @Test
    void an_old_nonce_is_stale() throws IOException {
        try (Kamailio kamailio = withDigest().nonceLife(Duration.ofSeconds(1)).start();
                DigestCaller caller = caller(kamailio)) {
            SipMessage challenge = challenged(caller);
            SipMessage stale = await().until(
                            () -> {
                                caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
                                return caller.next();
                            },
                            answer -> answer.status() == 407);
            assertThat(DigestCaller.challenges(stale)).hasSize(1).allMatch(line -> line.contains("stale=true"));
            caller.forgetNonceCount();
            caller.send("OPTIONS", caller.credentials(stale, "OPTIONS"));
            caller.await(200);
        }
    }

    @Test
    void a_one_time_nonce_is_stale_the_second_time() throws IOException {
        try (Kamailio kamailio = withDigest().oneTimeNonces().start();
                DigestCaller caller = caller(kamailio)) {
            SipMessage challenge = challenged(caller);
            caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
            caller.await(200);
            caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
            assertThat(DigestCaller.challenges(caller.await(407))).allMatch(line -> line.contains("stale=true"));
        }
    }

    @Test
    void a_wrong_password_stays_refused_and_is_not_stale() throws IOException {
        try (Kamailio kamailio = withDigest().start();
                DigestCaller caller =
                        new DigestCaller(Wire.udp(kamailio.address(Transport.UDP)), DigestCaller.USER, "guess")) {
            SipMessage challenge = challenged(caller);
            for (int i = 0; i < 3; i++) {
                caller.forgetNonceCount();
                caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
                challenge = caller.await(407);
                assertThat(DigestCaller.challenges(challenge)).hasSize(1).noneMatch(line -> line.contains("stale"));
            }
        }
    }

    @Test
    void it_can_challenge_with_401_and_offer_a_second_algorithm() throws IOException {
        try (Kamailio kamailio =
                        withDigest().with401().alsoOffering(DigestAlgorithm.MD5).start();
                DigestCaller caller = caller(kamailio)) {
            caller.send("OPTIONS");
            SipMessage challenge = caller.await(401);
            assertThat(DigestCaller.challenges(challenge))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WWW-Authenticate: ")
                                    .endsWith("algorithm=MD5"),
                            line -> assertThat(line)
                                    .startsWith("WWW-Authenticate: ")
                                    .endsWith("algorithm=SHA-256"));
            caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
            caller.await(200);
        }
    }

    @Test
    void it_refuses_on_demand_with_Retry_After() throws IOException {
        try (Kamailio kamailio = Kamailio.builder().start();
                DigestCaller caller = caller(kamailio)) {
            kamailio.refuse(503, Duration.ofSeconds(7));
            caller.send("OPTIONS");
            assertThat(caller.await(503).text()).contains("\r\nRetry-After: 7\r\n");
            kamailio.refuse(480);
            caller.send("INVITE");
            SipMessage refused = caller.await(480);
            assertThat(refused.text()).doesNotContain("Retry-After");
            caller.ack(refused);
            kamailio.accept();
            caller.send("OPTIONS");
            caller.await(200);
        }
    }

    @Test
    void it_refuses_calls_beyond_its_limit() throws IOException {
        try (Kamailio kamailio = Kamailio.builder().limit(2).start();
                DigestCaller caller = caller(kamailio)) {
            SipMessage refused = await().until(
                            () -> {
                                caller.send("INVITE");
                                SipMessage answer = caller.next();
                                caller.ack(answer);
                                return answer;
                            },
                            answer -> answer.status() == 503);
            assertThat(refused.text()).contains("\r\nRetry-After: 1\r\n");
            // A call within the limit is for nobody here.
            await().until(
                            () -> {
                                caller.send("INVITE");
                                SipMessage answer = caller.next();
                                caller.ack(answer);
                                return answer.status();
                            },
                            status -> status == 404);
        }
    }

    @Test
    void a_registration_is_challenged_and_kept_and_too_short_a_one_refused() throws IOException {
        try (Kamailio kamailio = withDigest()
                        .registrar()
                        .minExpires(Duration.ofSeconds(90))
                        .serviceRoute()
                        .start();
                DigestCaller caller = caller(kamailio)) {
            assertThat(kamailio.isRegistered(DigestCaller.USER)).isFalse();
            caller.send("REGISTER", "Expires: 60");
            SipMessage challenge = caller.await(401);
            caller.send("REGISTER", "Expires: 60", caller.credentials(challenge, "REGISTER"));
            assertThat(caller.await(423).text()).contains("\r\nMin-Expires: 90\r\n");
            caller.send("REGISTER", "Expires: 90", caller.credentials(challenge, "REGISTER"));
            assertThat(caller.await(200).text())
                    .contains("expires=90")
                    .contains("\r\nService-Route: <sip:127.0.0.1:"
                            + kamailio.address(Transport.UDP).getPort() + ";transport=udp;lr>\r\n");
            assertThat(kamailio.isRegistered(DigestCaller.USER)).isTrue();
        }
    }

    @Test
    void after_a_restart_its_old_nonces_are_wrong_but_not_stale() throws IOException {
        try (Kamailio kamailio = withDigest().start();
                DigestCaller caller = caller(kamailio)) {
            SipMessage challenge = challenged(caller);
            kamailio.restart();
            caller.send("OPTIONS", caller.credentials(challenge, "OPTIONS"));
            SipMessage again = caller.await(407);
            assertThat(DigestCaller.challenges(again)).hasSize(1).noneMatch(line -> line.contains("stale"));
            caller.forgetNonceCount();
            caller.send("OPTIONS", caller.credentials(again, "OPTIONS"));
            caller.await(200);
            kamailio.crash();
            kamailio.start();
            challenged(caller);
        }
    }

    @Test
    void its_certificate_is_of_the_authority_that_it_was_told() throws IOException {
        try (CertificateAuthority authority = CertificateAuthority.make();
                CertificateAuthority stranger = CertificateAuthority.make();
                Kamailio good =
                        Kamailio.builder().tls(authority.issue("sip.test")).start();
                Kamailio late = Kamailio.builder()
                        .tls(authority.issueExpired("sip.test"))
                        .start()) {
            try (DigestCaller caller = new DigestCaller(
                    Wire.tls(good.address(Transport.TLS), authority.certificate()), DigestCaller.USER, SECRET)) {
                caller.send("OPTIONS");
                caller.await(200);
            }
            assertThatThrownBy(() -> tryTls(good, stranger)).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> tryTls(late, authority)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void it_can_want_a_certificate_of_its_caller() throws IOException {
        try (CertificateAuthority authority = CertificateAuthority.make();
                Kamailio kamailio = Kamailio.builder()
                        .tls(authority.issue("sip.test"))
                        .wantingCertificatesOf(authority.certificate())
                        .start()) {
            assertThatThrownBy(() -> tryTls(kamailio, authority)).isInstanceOf(IOException.class);
        }
    }

    private static void tryTls(Kamailio kamailio, CertificateAuthority trusted) throws IOException {
        try (Wire wire = Wire.tls(kamailio.address(Transport.TLS), trusted.certificate())) {
            // The handshake begins with the first write, and with TLS 1.3 the server judges after our end of
            // it.
            ((Wire.Stream) wire).socket().getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (((Wire.Stream) wire).socket().getInputStream().read() < 0) {
                throw new IOException("closed");
            }
        }
    }

    @Test
    void a_missing_program_is_named_with_its_package() {
        assertThatThrownBy(() -> new Program("no-such-program", "no-such-package").file())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("Debian's package is no-such-package");
    }

    @Test
    void what_it_cannot_be_is_refused_by_name() {
        assertThatThrownBy(() -> Kamailio.builder().digest(DigestAlgorithm.SHA_512_256))
                .hasMessageContaining("SHA_512_256");
        assertThatThrownBy(() -> Kamailio.builder().challengedMethods("INVITE", "CANCEL"))
                .hasMessageContaining("CANCEL");
        assertThatThrownBy(() -> Kamailio.builder().user("a\"b", "x")).hasMessageContaining("a\"b");
        assertThatThrownBy(() -> Kamailio.builder().nonceLife(Duration.ofMillis(10)))
                .hasMessageContaining("one second");
    }
}
