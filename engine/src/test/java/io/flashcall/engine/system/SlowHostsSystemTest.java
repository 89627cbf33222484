package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.flashcall.testbed.stream.StreamTerms;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that take a connection and then their time, and TLS connections that break.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class SlowHostsSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String DOMAIN = "carrier.test";

    private static CertificateAuthority authority;

    @BeforeAll
    static void makeAuthority() {
        authority = CertificateAuthority.make();
    }

    @AfterAll
    static void removeAuthority() {
        authority.close();
    }

    @Test
    void a_host_that_never_reads_is_left_for_the_next_one() throws Exception {
        var deafTerms = CarrierTerms.NONE.withTcp().withStreams(new StreamTerms(true, true));
        try (var deaf = Carrier.start(CarrierConfig.loopback("ring").withTerms(deafTerms));
                var good = Carrier.start(CarrierConfig.loopback("ring").withTerms(CarrierTerms.NONE.withTcp()));
                var dns = twoHosts("_sip._tcp", deaf.address(), good.address());
                var drill = Drill.towards(
                        PeerConfig.at(SipTarget.parse(DOMAIN)).withTransports(Set.of(SipTransport.TCP)),
                        LOOPBACK,
                        asked(dns))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(good.counters().requests().invites()).isOne();
        }
    }

    @Test
    void a_host_that_takes_its_time_to_shake_hands_is_left_for_the_next_one() throws Exception {
        try (var slow = carrier("ring", Duration.ofSeconds(8));
                var good = carrier("ring", Duration.ZERO);
                var dns = twoHosts("_sips._tcp", slow.tlsAddress(), good.tlsAddress());
                var drill = Drill.towards(
                        peer(SipTarget.parse(DOMAIN)).withTransports(Set.of(SipTransport.TLS)), LOOPBACK, asked(dns))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(good.counters().requests().invites()).isOne();
            assertThat(slow.counters().requests().invites()).isZero();
        }
    }

    @Test
    void a_call_waits_for_the_handshake_of_its_only_host() throws Exception {
        try (var slow = carrier("ring", Duration.ofMillis(700));
                var drill = Drill.towards(peer(tls(slow)), LOOPBACK)) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "trying", "ringing", "cancel"})
    void after_a_TLS_connection_broke_the_next_call_rings_over_another(String moment) throws Exception {
        try (var carrier = carrier("1 x ring:pdd=5ms,reset=" + moment + " then ring:pdd=5ms", Duration.ZERO);
                var drill = Drill.towards(peer(tls(carrier)), LOOPBACK)) {
            var _ = drill.outcome();
            drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(10));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    private static DnsServer twoHosts(String service, InetSocketAddress first, InetSocketAddress second)
            throws Exception {
        return DnsServer.start(
                "%s.carrier.test 60 SRV 1 1 %d sip.carrier.test".formatted(service, first.getPort()),
                "%s.carrier.test 60 SRV 2 1 %d sip.carrier.test".formatted(service, second.getPort()),
                "sip.carrier.test 60 A 127.0.0.1");
    }

    private static DnsConfig asked(DnsServer dns) {
        return new DnsConfig(List.of(dns.address()), Duration.ofMillis(500));
    }

    private static Carrier carrier(String plan, Duration delay) {
        var files = authority.issue(DOMAIN);
        var any = TlsTerms.of(TlsIdentity.pem(files.certificate(), files.key()));
        var tls = new TlsTerms(0, any.context(), any.clientCertificate(), any.protocols(), delay);
        return Carrier.start(CarrierConfig.loopback(plan).withTerms(CarrierTerms.NONE.withTls(tls)));
    }

    private static SipTarget tls(Carrier carrier) {
        return SipTarget.parse("127.0.0.1:" + carrier.tlsAddress().getPort() + ";transport=tls");
    }

    private static PeerConfig peer(SipTarget target) {
        var trust = new TlsConfig(
                Optional.of(authority.certificate()),
                Optional.empty(),
                TlsConfig.DEFAULT.versions(),
                Optional.of(DOMAIN),
                false);
        return PeerConfig.at(target).withTls(trust);
    }
}
