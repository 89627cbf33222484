package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.dns.DnsServer;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.peers.CertificateFiles;
import io.flashcall.testbed.peers.Kamailio;
import io.flashcall.testbed.peers.Transport;
import io.flashcall.testbed.stream.TlsIdentity;
import io.flashcall.testbed.stream.TlsTerms;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Drill: a carrier's certificate is not good. Certificates come from openssl.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CertificateDrillSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String DOMAIN = "carrier.test";

    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;

    enum Flaw {
        EXPIRED("TLS_EXPIRED", "expired at 2"),
        WRONG_NAME("TLS_WRONG_NAME", "certificate is for other.test (expected: carrier.test)"),
        UNKNOWN_ISSUER("TLS_UNKNOWN_ISSUER", "leads to no trusted authority");

        private final String reason;
        private final String words;

        Flaw(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        CertificateFiles certificate() {
            return switch (this) {
                case EXPIRED -> authority.issueExpired(DOMAIN);
                case WRONG_NAME -> authority.issue("other.test");
                case UNKNOWN_ISSUER -> stranger.issue(DOMAIN);
            };
        }
    }

    @BeforeAll
    static void makeAuthorities() {
        authority = CertificateAuthority.make();
        stranger = CertificateAuthority.make();
    }

    @AfterAll
    static void removeAuthorities() {
        authority.close();
        stranger.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_call_ends_as_unreachable_and_the_log_says_why(Flaw flaw) throws Exception {
        try (var carrier = carrier(LOOPBACK, 0, flaw.certificate());
                var drill = Drill.towards(peer(at(carrier.tlsAddress(), "tls")), LOOPBACK)) {
            assertThat(((Failed) drill.outcome()).cause()).isEqualTo(FailureCause.UNREACHABLE);
            drill.logSays("no connection", flaw.reason, flaw.words);
            drill.logSays(
                    "trunk carrier, host 127.0.0.1:" + carrier.tlsAddress().getPort(), "DOWN", "UNREACHABLE");
            assertThat(drill.engine.trunks().getFirst().hosts().getFirst().detail())
                    .startsWith(flaw.reason)
                    .contains(flaw.words);
            assertThat(carrier.counters().requests().invites()).as("INVITEs").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_Kamailio_with_such_a_certificate_is_not_called_but_one_with_a_good_one_is(Flaw flaw) throws Exception {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring"));
                var bad = kamailio(carrier, flaw.certificate());
                var good = kamailio(carrier, authority.issue(DOMAIN))) {
            try (var drill = Drill.towards(peer(at(bad.address(Transport.TLS), "tls")), LOOPBACK)) {
                assertThat(((Failed) drill.outcome()).cause()).isEqualTo(FailureCause.UNREACHABLE);
                drill.logSays("no connection", flaw.reason, flaw.words);
                assertThat(bad.requests("INVITE")).isZero();
            }
            try (var drill = Drill.towards(peer(at(good.address(Transport.TLS), "tls")), LOOPBACK)) {
                assertThat(drill.outcome()).isInstanceOf(Rang.class);
                assertThat(good.requests("INVITE")).isOne();
            }
        }
    }

    @Test
    void calls_go_to_the_host_whose_certificate_is_good() throws Exception {
        try (var bad = carrier(LOOPBACK, 0, Flaw.EXPIRED.certificate());
                var good = carrier(LOOPBACK, 0, authority.issue(DOMAIN));
                var dns = DnsServer.start(
                        "_sips._tcp.carrier.test 60 SRV 1 1 %d sip.carrier.test"
                                .formatted(bad.tlsAddress().getPort()),
                        "_sips._tcp.carrier.test 60 SRV 2 1 %d sip.carrier.test"
                                .formatted(good.tlsAddress().getPort()),
                        "sip.carrier.test 60 A 127.0.0.1");
                var drill = Drill.towards(
                        peer(DOMAIN).withTransports(Set.of(SipTransport.TLS)),
                        LOOPBACK,
                        new DnsConfig(List.of(dns.address()), Duration.ofMillis(500)))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            drill.logSays("127.0.0.1:" + bad.tlsAddress().getPort(), "TLS_EXPIRED");
        }
    }

    @Test
    void once_the_carrier_has_a_new_certificate_calls_go_through_by_themselves() throws Exception {
        var expired = carrier(LOOPBACK, 0, Flaw.EXPIRED.certificate());
        int port = expired.tlsAddress().getPort();
        try (var drill = Drill.towards(peer(at(expired.tlsAddress(), "tls")), LOOPBACK)) {
            assertThat(drill.outcome()).isInstanceOf(Failed.class);
            expired.close();
            try (var _ = carrier(LOOPBACK, port, authority.issue(DOMAIN))) {
                drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(10));
            }
        } finally {
            expired.close();
        }
    }

    /// IPv6 throughout.
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void calls_ring_over_ipv6(String transport) throws Exception {
        var local = InetAddress.ofLiteral("::1");
        try (var carrier = carrier(local, 0, authority.issue(DOMAIN))) {
            var address = transport.equals("tls") ? carrier.tlsAddress() : carrier.address();
            try (var drill = Drill.towards(peer(at(address, transport)), local)) {
                assertThat(drill.outcome()).isInstanceOf(Rang.class);
                assertThat(carrier.violations()).isEmpty();
            }
        }
    }

    private static Kamailio kamailio(Carrier carrier, CertificateFiles files) {
        return Kamailio.builder()
                .tls(files)
                .recordRoute()
                .nextHop(carrier.address(), Transport.UDP)
                .start();
    }

    private static Carrier carrier(InetAddress host, int tlsPort, CertificateFiles files) {
        var identity = TlsIdentity.pem(files.certificate(), files.key());
        var any = TlsTerms.of(identity);
        var tls = new TlsTerms(tlsPort, any.context(), any.clientCertificate(), any.protocols(), any.delay());
        return Carrier.start(CarrierConfig.loopback("ring")
                .withListen(new InetSocketAddress(host, 0))
                .withTerms(CarrierTerms.NONE.withTcp().withTls(tls)));
    }

    private static PeerConfig peer(String target) {
        var trust = new TlsConfig(
                Optional.of(authority.certificate()),
                Optional.empty(),
                TlsConfig.DEFAULT.versions(),
                Optional.of(DOMAIN),
                false);
        return PeerConfig.at(SipTarget.parse(target)).withTls(trust);
    }

    private static String at(InetSocketAddress address, String transport) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[::1]" : host) + ":" + address.getPort() + ";transport=" + transport;
    }
}
