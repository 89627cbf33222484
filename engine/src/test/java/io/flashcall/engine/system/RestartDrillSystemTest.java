package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.peers.DigestAlgorithm;
import io.flashcall.testbed.peers.Kamailio;
import io.flashcall.testbed.peers.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Drill: the carrier's only host, a Kamailio, dies in the middle of calls and comes back.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class RestartDrillSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /// 64·T1 of [Drill], doubled for a busy machine.
    private static final Duration CANCEL_GIVEN_UP = Duration.ofMillis(2 * 64 * 50);

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void its_calls_end_and_new_ones_go_through_as_soon_as_it_is_back(Transport transport) throws Exception {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring"));
                var kamailio = Kamailio.builder()
                        .recordRoute()
                        .nextHop(carrier.address(), Transport.UDP)
                        .start();
                var drill = Drill.towards(peer(kamailio, transport), LOOPBACK)) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            var ringTime = Duration.ofSeconds(1);
            var ringing = drill.placeRinging(5, ringTime);

            kamailio.crash();
            long killed = System.nanoTime();
            for (String call : ringing) {
                assertThat(drill.outcomeOf(call)).isInstanceOf(Rang.class);
                assertThat(Duration.ofNanos(drill.endOf(call) - killed))
                        .as("from the crash to the end of a call")
                        .isLessThan(ringTime.plus(CANCEL_GIVEN_UP));
            }
            assertThat(((Failed) drill.outcome()).cause()).isEqualTo(FailureCause.UNREACHABLE);
            drill.logSays("trunk carrier, host", "DOWN", "UNREACHABLE");

            kamailio.start();
            drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(10));
            assertThat(drill.engine.snapshot().count(Metric.FAULTS)).isZero();
        }
    }

    /// Half-open: the connection stands, what is sent is taken, and nothing comes.
    @Test
    void a_host_that_stands_still_with_its_connections_is_avoided_and_comes_back_by_itself() throws Exception {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring"));
                var kamailio = Kamailio.builder()
                        .recordRoute()
                        .nextHop(carrier.address(), Transport.UDP)
                        .start();
                var drill = Drill.towards(peer(kamailio, Transport.TCP), LOOPBACK)) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            kamailio.freeze();
            assertThat(((Failed) drill.outcome()).cause()).isEqualTo(FailureCause.NO_RESPONSE);
            drill.logSays("trunk carrier, host", "SUSPECT", "SILENT");
            kamailio.thaw();
            drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(10));
            assertThat(drill.engine.snapshot().count(Metric.FAULTS)).isZero();
        }
    }

    /// A TLS handshake that is slow: the system has taken the connection, and nobody speaks.
    @Test
    void a_handshake_that_does_not_come_to_its_end_keeps_nobody_waiting_and_is_tried_again() throws Exception {
        try (var authority = CertificateAuthority.make();
                var carrier = Carrier.start(CarrierConfig.loopback("ring"));
                var kamailio = Kamailio.builder()
                        .tls(authority.issue("127.0.0.1"))
                        .recordRoute()
                        .nextHop(carrier.address(), Transport.UDP)
                        .start()) {
            kamailio.freeze();
            var peer = peer(kamailio, Transport.TLS)
                    .withTls(new TlsConfig(
                            Optional.of(authority.certificate()),
                            Optional.empty(),
                            TlsConfig.DEFAULT.versions(),
                            Optional.empty(),
                            false));
            try (var drill = Drill.towards(peer, LOOPBACK)) {
                assertThat(((Failed) drill.outcome()).cause()).isEqualTo(FailureCause.NO_RESPONSE);
                kamailio.thaw();
                drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(20));
                assertThat(kamailio.requests("INVITE"))
                        .as("those that had ended are not sent after all")
                        .isOne();
                assertThat(drill.engine.snapshot().count(Metric.FAULTS)).isZero();
            }
        }
    }

    /// A challenge says already that the host lives; that it was answered, Kamailio's own 200 says.
    @Test
    void a_host_that_was_down_is_probed_with_credentials_when_it_wants_them() throws Exception {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring"));
                var kamailio = Kamailio.builder()
                        .user("account-1", "a-secret")
                        .digest(DigestAlgorithm.SHA_256)
                        .recordRoute()
                        .nextHop(carrier.address(), Transport.UDP)
                        .start();
                var drill = Drill.towards(
                        peer(kamailio, Transport.UDP)
                                .withCredentials(new Credentials("account-1", new Password.Text("a-secret"))),
                        LOOPBACK)) {
            kamailio.crash();
            assertThat(drill.outcome()).isInstanceOf(Failed.class);
            kamailio.start();
            Stage.waitUntil(
                    () -> kamailio.log().contains("200 for OPTIONS"), () -> "a 200, but read " + kamailio.log());
            assertThat(kamailio.requests("OPTIONS")).as("challenged first").isGreaterThan(1);
            drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(10));
            assertThat(drill.engine.snapshot().count(Metric.FAULTS)).isZero();
        }
    }

    private static PeerConfig peer(Kamailio kamailio, Transport transport) {
        var address = kamailio.address(transport);
        var target = "127.0.0.1:%d;transport=%s".formatted(address.getPort(), transport.parameter());
        return PeerConfig.at(SipTarget.parse(target));
    }
}
