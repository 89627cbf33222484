package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.dns.DnsServer;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.peers.DigestAlgorithm;
import io.flashcall.testbed.peers.Kamailio;
import io.flashcall.testbed.peers.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Registrations with registrars that are no part of the engine: Kamailio's, and our carrier's.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class RegistrationSystemTest {

    private static final String ACCOUNT = "account-1";
    private static final String PASSWORD = "a-secret";
    private static final String REALM = "sip.test";
    private static final String US = "+12025550123";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<CallOutcome> outcomes = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @Test
    void Kamailio_takes_a_registration_over_each_transport_and_sees_it_taken_back() throws Exception {
        try (var authority = CertificateAuthority.make();
                var kamailio = Kamailio.builder()
                        .tls(authority.issue(REALM, "127.0.0.1"))
                        .realm(REALM)
                        .user(ACCOUNT, PASSWORD)
                        .registrar()
                        .algorithm(DigestAlgorithm.SHA_256)
                        .minExpires(Duration.ofSeconds(120))
                        .oneTimeNonces()
                        .start()) {
            for (var transport : SipTransport.values()) {
                var peer = peer(kamailio.address(Transport.valueOf(transport.name())), transport)
                        .withTls(trusting(authority.certificate()));
                var asked = new RegistrationConfig(ACCOUNT, Optional.empty(), Duration.ofSeconds(60));
                try (var engine = start(peer, asked, 2)) {
                    awaitState(engine, State.REGISTERED);
                    assertThat(kamailio.isRegistered(ACCOUNT))
                            .as("%s", transport)
                            .isTrue();
                    assertThat(engine.snapshot().registrations())
                            .as("one for each user agent, for as long as the registrar wants")
                            .hasSize(2)
                            .allMatch(status -> status.reason().endsWith(" for 120 s"));
                    assertThat(engine.snapshot().count(Metric.FAULTS)).isZero();
                }
                assertThat(kamailio.isRegistered(ACCOUNT))
                        .as("%s, after the end", transport)
                        .isFalse();
            }
        }
    }

    @Test
    void after_a_restart_of_Kamailio_a_connection_brings_the_registration_back() throws Exception {
        try (var kamailio = Kamailio.builder()
                .realm(REALM)
                .user(ACCOUNT, PASSWORD)
                .registrar()
                .start()) {
            var peer = peer(kamailio.address(Transport.TCP), SipTransport.TCP);
            try (var engine = start(peer, RegistrationConfig.of(ACCOUNT), 1)) {
                awaitState(engine, State.REGISTERED);
                kamailio.stop();
                awaitState(engine, State.UNREGISTERED);
                kamailio.start();
                awaitState(engine, State.REGISTERED);
                assertThat(kamailio.isRegistered(ACCOUNT)).isTrue();
            }
        }
    }

    @Test
    void Kamailio_does_not_take_a_wrong_password_and_is_not_asked_on_and_on() throws Exception {
        try (var kamailio = Kamailio.builder()
                .realm(REALM)
                .user(ACCOUNT, "another")
                .registrar()
                .start()) {
            try (var engine =
                    start(peer(kamailio.address(Transport.UDP), SipTransport.UDP), RegistrationConfig.of(ACCOUNT), 1)) {
                awaitState(engine, State.REJECTED);
                assertThat(engine.snapshot().count(Metric.REGISTERS_SENT)).isBetween(2L, 4L);
            }
        }
    }

    @Test
    void a_password_that_is_mended_registers_with_the_reload() throws Exception {
        var file = Files.writeString(folder.resolve("password"), "another\n");
        try (var kamailio = Kamailio.builder()
                .realm(REALM)
                .user(ACCOUNT, PASSWORD)
                .registrar()
                .start()) {
            var peer = peer(kamailio.address(Transport.UDP), SipTransport.UDP)
                    .withCredentials(new Credentials(ACCOUNT, new Password.InFile(file)));
            var config = config(trunk(peer, TrunkOptions.STANDARD.withRegistration(RegistrationConfig.of(ACCOUNT))), 1);
            try (var engine = Engine.start(config, this::onEvent)) {
                awaitState(engine, State.REJECTED);
                Files.writeString(file, PASSWORD + "\n");
                engine.reload(config);
                awaitState(engine, State.REGISTERED);
                assertThat(kamailio.isRegistered(ACCOUNT)).isTrue();
            }
        }
    }

    @Test
    void of_two_Kamailios_the_second_takes_the_registration_when_the_first_is_gone() throws Exception {
        try (var first = registrar();
                var second = registrar();
                var dns = DnsServer.start(
                        "_sip._udp.carrier.test 60 SRV 10 1 " + port(first) + " a.carrier.test",
                        "_sip._udp.carrier.test 60 SRV 20 1 " + port(second) + " b.carrier.test",
                        "a.carrier.test 60 A 127.0.0.1",
                        "b.carrier.test 60 A 127.0.0.1")) {
            var peer = PeerConfig.at(SipTarget.parse("carrier.test"))
                    .withTransports(Set.of(SipTransport.UDP))
                    .withCredentials(new Credentials(ACCOUNT, new Password.Text(PASSWORD)));
            var asked = new RegistrationConfig(ACCOUNT, Optional.empty(), Duration.ofSeconds(10));
            var config = new EngineConfig(
                    agents(1),
                    SipTimers.ofT1(Duration.ofMillis(100)),
                    new DnsConfig(List.of(dns.address()), Duration.ofMillis(500)),
                    List.of(trunk(peer, TrunkOptions.STANDARD.withRegistration(asked))));
            try (var engine = Engine.start(config, this::onEvent)) {
                awaitState(engine, State.REGISTERED);
                assertThat(first.isRegistered(ACCOUNT)).isTrue();
                assertThat(second.isRegistered(ACCOUNT)).isFalse();
                first.crash();
                second.awaitRegistered(ACCOUNT, PATIENCE);
                awaitState(engine, State.REGISTERED);
            }
        }
    }

    private static Kamailio registrar() {
        return Kamailio.builder()
                .realm(REALM)
                .user(ACCOUNT, PASSWORD)
                .registrar()
                .start();
    }

    private static int port(Kamailio kamailio) {
        return kamailio.address(Transport.UDP).getPort();
    }

    @Test
    void our_carrier_takes_calls_of_who_is_registered_alone() throws Exception {
        var config = CarrierConfig.loopback("ring")
                .withTerms(CarrierTerms.NONE
                        .withDigest("user=" + ACCOUNT + ",password=" + PASSWORD)
                        .withRegistrar("calls=true,min=30,max=40,service-route=sip:{host};lr"));
        try (var carrier = Carrier.start(config)) {
            var peer = peer(carrier.address(), SipTransport.UDP);
            var asked = new RegistrationConfig(ACCOUNT, Optional.empty(), Duration.ofSeconds(20));
            try (var engine = start(peer, asked, 1)) {
                awaitState(engine, State.REGISTERED);
                place(engine);
                assertThat(outcome()).isInstanceOf(Rang.class);
            }
            try (var engine = Engine.start(
                    new EngineConfig(agents(1), SipTimers.STANDARD, List.of(trunk(peer, TrunkOptions.STANDARD))),
                    this::onEvent)) {
                place(engine);
                assertThat(outcome())
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.cause()).isEqualTo(FailureCause.BLOCKED));
            }
            assertThat(carrier.violations()).isEmpty();
            assertThat(carrier.counters().registrations().bound())
                    .as("after the end")
                    .isZero();
        }
    }

    // What it takes.

    private static void awaitState(Engine engine, State wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(engine.snapshot().registrations())
                        .isNotEmpty()
                        .allMatch(status -> status.state() == wanted, "is " + wanted));
    }

    private void place(Engine engine) {
        engine.place(CallRequest.of("carrier", US, "+442079460123", "call").withRingTime(Duration.ofMillis(100)));
    }

    private CallOutcome outcome() throws InterruptedException {
        var outcome = outcomes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("the call did not end");
        }
        return outcome;
    }

    private static PeerConfig peer(InetSocketAddress address, SipTransport transport) {
        return PeerConfig.at(new SipTarget("127.0.0.1", OptionalInt.of(address.getPort()), Optional.of(transport)))
                .withCredentials(new Credentials(ACCOUNT, new Password.Text(PASSWORD)));
    }

    private static TlsConfig trusting(Path authority) {
        return new TlsConfig(
                Optional.of(authority), Optional.empty(), TlsConfig.DEFAULT.versions(), Optional.of(REALM), false);
    }

    private static EngineConfig config(TrunkConfig trunk, int agents) {
        return new EngineConfig(agents(agents), SipTimers.STANDARD, List.of(trunk));
    }

    private Engine start(PeerConfig peer, RegistrationConfig registration, int agents) throws IOException {
        var trunk = trunk(peer, TrunkOptions.STANDARD.withRegistration(registration));
        return Engine.start(config(trunk, agents), this::onEvent);
    }

    private static UserAgentConfig agents(int count) {
        return UserAgentConfig.of(count, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static TrunkConfig trunk(PeerConfig peer, TrunkOptions options) {
        return new TrunkConfig(
                "carrier",
                peer,
                new CallerIds(List.of(CallerIds.Range.parse(US)), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new Only180(), Duration.ofSeconds(1), Duration.ofSeconds(12), 10, 100),
                options);
    }

    private void onEvent(CallEvent event) {
        if (event instanceof Ended ended) {
            outcomes.add(ended.outcome());
        }
    }
}
