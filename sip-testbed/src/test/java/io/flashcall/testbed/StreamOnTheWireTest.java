package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.stream.Handshake;
import io.flashcall.testbed.stream.StreamTerms;
import io.flashcall.testbed.stream.TestCertificates;
import io.flashcall.testbed.stream.TlsIdentity;
import io.flashcall.testbed.stream.TlsTerms;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The carrier on connections.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamOnTheWireTest {

    @TempDir
    private Path folder;

    private static Carrier carrier(String behaviour, CarrierTerms terms) {
        CarrierConfig config =
                CarrierConfig.loopback(behaviour).withTimers(CarrierTimers.withT1(Duration.ofMillis(20)));
        return Carrier.start(config.withTerms(terms));
    }

    private static Carrier tcp(String behaviour) {
        return carrier(behaviour, CarrierTerms.NONE.withTcp());
    }

    private static void placeFlashCall(StreamCaller caller) {
        caller.invite();
        caller.await(180);
        caller.cancel();
        assertThat(caller.next().cseqMethod()).isEqualTo("CANCEL");
        SipMessage terminated = caller.next();
        assertThat(terminated.status()).isEqualTo(487);
        caller.ack(terminated);
    }

    @Test
    void a_flash_call_over_TCP_is_answered_on_its_connection_beside_UDP_on_the_same_port() {
        try (Carrier carrier = tcp("ring:1ms");
                StreamCaller caller = new StreamCaller(carrier.address());
                RawCaller other = new RawCaller(carrier.address())) {
            placeFlashCall(caller);
            other.invite();
            other.await(180);
            await().until(() -> carrier.counters().calls().open() == 1);
            assertThat(carrier.counters().streams()).isEqualTo(new CarrierCounters.Streams(1, 1, 0));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void two_requests_in_one_segment_and_one_request_in_many_are_the_same_to_it() {
        try (Carrier carrier = tcp("trying-only");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            String invite = caller.request("INVITE", RawCaller.BRANCH, "");
            for (int i = 0; i < 40; i++) {
                caller.send(invite.substring(i, i + 1));
            }
            caller.send(invite.substring(40) + "\r\n" + caller.request("CANCEL", RawCaller.BRANCH, ""));
            assertThat(List.of(
                            caller.next().status(),
                            caller.next().status(),
                            caller.next().status()))
                    .containsExactly(100, 200, 487);
            assertThat(carrier.counters().traffic().malformed()).isZero();
        }
    }

    @Test
    void a_final_failure_is_sent_once_over_TCP_and_a_missing_ACK_is_still_told() {
        try (Carrier carrier = tcp("busy:1ms");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.invite();
            caller.await(486);
            await().untilAsserted(() ->
                    assertThat(carrier.counters().violations()).containsExactly(Map.entry(Rule.ACK_SENT, 1L)));
            assertThat(carrier.counters().traffic().repeated()).isZero();
        }
    }

    @Test
    void an_answer_is_repeated_over_TCP_too_and_its_Contact_names_TCP() {
        try (Carrier carrier = tcp("answer-at-once");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.invite();
            SipMessage answer = caller.next();
            assertThat(caller.next().text()).isEqualTo(answer.text());
            assertThat(answer.headerOrEmpty(HeaderName.CONTACT))
                    .isEqualTo("<sip:leg0@127.0.0.1:" + carrier.address().getPort() + ";transport=tcp>");
        }
    }

    @Test
    void repeating_a_request_over_TCP_and_naming_UDP_in_Via_are_violations() {
        try (Carrier carrier = tcp("ring:1ms");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.invite();
            caller.invite();
            caller.await(180);
            caller.send(caller.request("OPTIONS", "z9hG4bKo", "").replace("/TCP", "/UDP"));
            caller.await(200);
            assertThat(carrier.counters().violations())
                    .containsOnly(Map.entry(Rule.RELIABLE_ONCE, 1L), Map.entry(Rule.VIA_TRANSPORT, 1L));
        }
    }

    @Test
    void a_request_without_Content_Length_is_a_violation_over_TCP() {
        try (Carrier carrier = tcp("ring:1ms");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.send(caller.request("OPTIONS", "z9hG4bKo", "").replace("Content-Length: 0\r\n", ""));
            caller.await(200);
            assertThat(carrier.counters().violations()).containsExactly(Map.entry(Rule.CONTENT_LENGTH, 1L));
        }
    }

    @Test
    void a_ping_gets_its_pong_unless_the_terms_say_no() throws IOException {
        try (Carrier carrier = tcp("ring");
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.send("\r\n\r\n");
            assertThat(caller.peek(5000)).isEqualTo('\r');
            assertThat(caller.peek(5000)).isEqualTo('\n');
            await().until(() -> carrier.counters().streams().pings() == 1);
        }
        CarrierTerms mute = CarrierTerms.NONE.withTcp().withStreams(StreamTerms.parse("pong=false"));
        try (Carrier carrier = carrier("ring", mute);
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.send("\r\n\r\n");
            await().until(() -> carrier.counters().streams().pings() == 1);
            assertThat(caller.peek(20)).isEqualTo(-2);
        }
    }

    @Test
    void a_half_open_peer_takes_the_connection_and_says_nothing() throws IOException {
        CarrierTerms terms = CarrierTerms.NONE.withTcp().withStreams(StreamTerms.parse("half-open=true"));
        try (Carrier carrier = carrier("ring", terms);
                StreamCaller caller = new StreamCaller(carrier.address())) {
            caller.invite();
            assertThat(caller.peek(50)).isEqualTo(-2);
            assertThat(carrier.counters().requests().invites()).isZero();
        }
    }

    @Test
    void a_paused_carrier_resets_its_connections_hears_nothing_and_comes_back() {
        try (Carrier carrier = tcp("ring:1ms");
                StreamCaller broken = new StreamCaller(carrier.address());
                RawCaller caller = new RawCaller(carrier.address())) {
            broken.invite();
            broken.await(180);
            carrier.pause();
            assertThatIOException().isThrownBy(() -> broken.peek(5000)).isInstanceOf(SocketException.class);
            caller.invite();
            assertThat(caller.poll(50)).isEmpty();
            carrier.resume();
            caller.invite();
            caller.await(180);
            assertThat(carrier.counters().requests().invites()).isEqualTo(2);
        }
    }

    @Test
    void what_is_no_SIP_framing_ends_that_connection_and_no_other() throws IOException {
        try (Carrier carrier = tcp("ring:1ms");
                StreamCaller bad = new StreamCaller(carrier.address());
                StreamCaller good = new StreamCaller(carrier.address())) {
            bad.send("INVITE sip:a SIP/2.0\r\nContent-Length: many\r\n\r\n");
            assertThat(bad.peek(5000)).isEqualTo(-1);
            placeFlashCall(good);
            await().until(() -> carrier.counters().streams().open() == 1);
        }
    }

    private StreamCaller secured(Carrier carrier, SSLContext context, String name) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        carrier.tlsAddress().getAddress(), carrier.tlsAddress().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new StreamCaller(socket);
    }

    @Test
    void a_flash_call_over_TLS_and_the_handshake_is_remembered_with_its_name() throws IOException {
        TestCertificates own = TestCertificates.make(folder, "carrier.example");
        try (Carrier carrier = carrier("ring:1ms", CarrierTerms.NONE.withTls(TlsTerms.of(own.identity())));
                StreamCaller caller = secured(carrier, own.caller(own), "carrier.example")) {
            placeFlashCall(caller);
            await().until(() -> carrier.counters().calls().open() == 0);
            assertThat(carrier.violations()).isEmpty();
            assertThat(carrier.handshakes()).singleElement().satisfies(made -> {
                assertThat(made.protocol()).isEqualTo("TLSv1.3");
                assertThat(made.serverName()).contains("carrier.example");
                assertThat(made.clientSubject()).isEmpty();
            });
        }
    }

    @Test
    void a_client_certificate_can_be_asked_for() throws IOException {
        TestCertificates own = TestCertificates.make(folder, "carrier.example");
        TestCertificates callers = TestCertificates.make(folder, "caller.example");
        TestCertificates strangers = TestCertificates.make(folder, "stranger.example");
        TlsTerms terms = TlsTerms.parse("port=0,cert=" + own.chain() + ",key=" + own.key() + ",client-ca="
                + callers.chain() + ",protocols=TLSv1.2");
        try (Carrier carrier = carrier("ring:1ms", CarrierTerms.NONE.withTls(terms))) {
            try (StreamCaller caller = secured(carrier, callers.caller(own), "carrier.example")) {
                placeFlashCall(caller);
            }
            assertThat(carrier.handshakes().getFirst().clientSubject()).contains("CN=caller.example");
            assertThat(carrier.handshakes().getFirst().protocol()).isEqualTo("TLSv1.2");
            SSLContext stranger = strangers.caller(own);
            assertThatThrownBy(() -> secured(carrier, stranger, "carrier.example"))
                    .isInstanceOf(IOException.class);
            await().until(() -> carrier.handshakes().size() == 2);
            assertThat(carrier.handshakes().getLast().succeeded()).isFalse();
        }
    }

    @Test
    void a_caller_that_does_not_trust_the_certificate_is_told_among_the_handshakes() {
        TestCertificates own = TestCertificates.make(folder, "carrier.example");
        TestCertificates other = TestCertificates.make(folder, "other.example");
        TlsTerms terms = TlsTerms.of(TlsIdentity.pkcs12(own.store(), "secret"));
        try (Carrier carrier = carrier("ring:1ms", CarrierTerms.NONE.withTls(terms))) {
            assertThatThrownBy(() -> secured(carrier, other.caller(other), "carrier.example"))
                    .isInstanceOf(SSLHandshakeException.class);
            await().until(() -> !carrier.handshakes().isEmpty());
            assertThat(carrier.handshakes()).noneMatch(Handshake::succeeded);
        }
    }

    @Test
    void a_slow_handshake_takes_its_time() throws IOException {
        TestCertificates own = TestCertificates.make(folder, "carrier.example");
        TlsTerms terms = TlsTerms.of(own.identity()).withDelay(Duration.ofMillis(150));
        try (Carrier carrier = carrier("ring:1ms", CarrierTerms.NONE.withTls(terms))) {
            long began = System.nanoTime();
            secured(carrier, own.caller(own), "carrier.example").close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(140));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=5061 | tls: cert='' (expected: a PEM file; or p12=FILE",
                "port=x,p12=y | tls: port='x' (expected: a whole number from 0 to 65535)",
                "p12=none.p12 | none.p12 (expected: PKCS #12 that this password opens)",
            })
    void wrong_TLS_terms_name_the_value_and_what_was_expected(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTerms.parse(text))
                .withMessageContaining(complaint);
    }

    @Test
    void a_key_that_is_none_is_named() {
        TestCertificates own = TestCertificates.make(folder, "carrier.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.pem(own.chain(), own.chain()))
                .withMessageContaining("carrier.example.pem (expected: PEM with one PRIVATE KEY");
    }
}
