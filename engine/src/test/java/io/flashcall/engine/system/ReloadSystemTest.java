package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.Admission.Refused;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.ConfigException;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.ReloadReport.Kind;
import io.flashcall.engine.ReloadReport.TrunkChange;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.TrunkStatus.HostStatus;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.CarrierTimers;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.stream.TlsTerms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running engine gets another configuration, with calls in the air.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadSystemTest {

    private static final Duration T1 = Duration.ofMillis(100);
    private static final UserAgentConfig AGENTS =
            UserAgentConfig.of(2, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private static final int CALLS_A_SECOND = 300;

    private final Map<String, CallOutcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger ends = new AtomicInteger();
    private int placed;

    @TempDir
    private Path folder;

    @Test
    void trunks_appear_change_and_leave_without_touching_calls_that_are_in_the_air() throws IOException {
        try (var one = carrier("ring:pdd=20ms");
                var two = carrier("ring:pdd=20ms");
                var three = carrier("ring:pdd=20ms");
                var engine = start(trunk("a", one), trunk("b", two))) {
            var live = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                live.add(place(engine, i % 2 == 0 ? "a" : "b", Duration.ofSeconds(2)));
            }
            Stage.waitUntil(() -> one.counters().calls().ringing() == 10, () -> "10 that ring");

            var report = engine.reload(config(trunk("b", three), trunk("c", three)));

            assertThat(report)
                    .isEqualTo(new ReloadReport(
                            List.of(
                                    new TrunkChange("b", Kind.CHANGED),
                                    new TrunkChange("c", Kind.ADDED),
                                    new TrunkChange("a", Kind.LEAVING)),
                            List.of()));
            assertThat(engine.place(request("a", Duration.ZERO))).isEqualTo(new Refused(Reason.UNKNOWN_TRUNK));
            assertThat(engine.trunks())
                    .extracting(trunk -> trunk.config().name() + " " + trunk.leaving() + " " + trunk.channelsInUse())
                    .containsExactlyInAnyOrder("b false 10", "c false 0", "a true 10", "b true 10");
            assertThat(outcomeOf(place(engine, "b", Duration.ZERO))).isInstanceOf(Rang.class);
            assertThat(outcomeOf(place(engine, "c", Duration.ZERO))).isInstanceOf(Rang.class);
            assertThat(invites(three)).as("new calls").isEqualTo(2);
            live.forEach(call -> assertThat(outcomeOf(call)).isInstanceOf(Rang.class));
            assertThat(invites(one) + invites(two)).as("each rang once").isEqualTo(20);
            isFaultless(engine, one, two, three);
        }
    }

    @Test
    void calls_over_one_trunk_do_not_notice_that_another_is_reloaded_50_times() throws Exception {
        try (var steady = carrier("ring:pdd=20ms");
                var one = carrier("ring:pdd=20ms");
                var two = carrier("ring:pdd=20ms");
                var engine = start(trunk("steady", steady), trunk("other", one))) {
            var failure = new AtomicInteger();
            var reloads = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50; i++) {
                    var next = switch (i % 3) {
                        case 0 -> config(trunk("steady", steady), trunk("other", two));
                        case 1 -> config(trunk("steady", steady));
                        default -> config(trunk("steady", steady), trunk("other", one));
                    };
                    try {
                        engine.reload(next);
                    } catch (IOException e) {
                        failure.incrementAndGet();
                    }
                    LockSupport.parkNanos(40_000_000L);
                }
            });
            long start = System.nanoTime();
            var others = new ArrayList<String>();
            for (int i = 0; i < 3 * CALLS_A_SECOND; i++) {
                long due = start + i * 1_000_000_000L / CALLS_A_SECOND;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                place(engine, "steady", Duration.ofMillis(300));
                if (i % 10 == 0) {
                    var request = request("other", Duration.ofMillis(300));
                    if (engine.place(request) instanceof Accepted) {
                        others.add(request.reference());
                    }
                }
            }
            reloads.join();
            assertThat(failure).hasValue(0);
            assertThat(others).as("calls over the other one").isNotEmpty();
            Stage.waitUntil(() -> ends.get() == 3 * CALLS_A_SECOND + others.size(), () -> "every end");
            assertThat(outcomes.values())
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Rang.class));
            assertThat(invites(steady)).as("each rang once").isEqualTo(3 * CALLS_A_SECOND);
            assertThat(invites(one) + invites(two)).as("the others too").isEqualTo(others.size());
            isFaultless(engine, steady, one, two);
        }
    }

    @Test
    void what_cannot_be_used_changes_nothing_and_says_why() throws IOException {
        var missing = folder.resolve("missing");
        var notPem = Files.writeString(folder.resolve("trust.pem"), "nothing of the kind");
        try (var one = carrier("ring:pdd=20ms");
                var engine = start(trunk("a", one))) {
            var before = engine.trunks();
            var unread = withPassword(trunk("c", one), new Password.InFile(missing));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> engine.reload(config(trunk("b", one), unread)))
                    .withMessage(
                            "trunk c: password_file: " + missing + ": not found (expected: a file with the password)");
            var untrusting = tls("c", "localhost:5061", notPem);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> engine.reload(config(trunk("b", one), untrusting)))
                    .withMessageContaining(notPem.toString());
            var six = trunk("c", new InetSocketAddress(InetAddress.ofLiteral("::1"), 5060));
            var any = new UserAgentConfig(
                    1, new InetSocketAddress(InetAddress.ofLiteral("::"), 0), List.of(), 64, 1024, 1 << 20);
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> engine.reload(new EngineConfig(any, SipTimers.ofT1(T1), List.of(six))))
                    .withMessageContaining("trunks.c.target");

            assertThat(engine.trunks()).isEqualTo(before);
            assertThat(outcomeOf(place(engine, "a", Duration.ZERO))).isInstanceOf(Rang.class);
            assertThat(engine.place(request("b", Duration.ZERO))).isEqualTo(new Refused(Reason.UNKNOWN_TRUNK));
        }
    }

    @Test
    void what_a_running_engine_cannot_change_is_named_and_the_rest_is_done() throws IOException {
        try (var one = carrier("ring:pdd=20ms");
                var engine = start(trunk("a", one))) {
            var more = UserAgentConfig.of(3, AGENTS.local());
            var report = engine.reload(new EngineConfig(more, SipTimers.STANDARD, List.of(trunk("b", one))));
            assertThat(report.needRestart()).containsExactly("user_agents", "timers");
            assertThat(outcomeOf(place(engine, "b", Duration.ZERO))).isInstanceOf(Rang.class);
            assertThat(engine.snapshot().agents()).hasSize(2);
        }
    }

    @Test
    void an_engine_that_drains_is_not_reloaded() throws IOException {
        try (var one = carrier("ring");
                var engine = start(trunk("a", one))) {
            engine.drain(Duration.ZERO);
            assertThatIllegalStateException().isThrownBy(() -> engine.reload(config(trunk("b", one))));
        }
    }

    @Test
    void the_trunks_say_which_of_their_hosts_is_down() throws IOException {
        var one = carrier("ring:pdd=20ms");
        try (var engine = start(trunk("a", one))) {
            var host = "127.0.0.1:" + one.address().getPort() + ";transport=udp";
            assertThat(hosts(engine)).containsExactly(new HostStatus(host, "up", "ok", "", 2, 2));
            one.close();
            place(engine, "a", Duration.ZERO);
            Stage.waitUntil(
                    () -> !hosts(engine).getFirst().state().equals("up"), () -> "trouble, but saw " + hosts(engine));
            assertThat(hosts(engine).getFirst().reason()).isIn("silent", "unreachable");
            assertThat(hosts(engine).getFirst().agentsUp()).isEqualTo(1);
        } finally {
            one.close();
        }
    }

    @Test
    void a_password_that_is_rotated_is_used_by_the_next_call() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "first\n");
        var one = carrier(CarrierTerms.NONE.withDigest("password=first"), 0);
        int port = one.address().getPort();
        var trunk = withPassword(trunk("a", one), new Password.InFile(file));
        try (var engine = start(trunk)) {
            assertThat(outcomeOf(place(engine, "a", Duration.ZERO))).isInstanceOf(Rang.class);
            one.close();
            try (var two = carrier(CarrierTerms.NONE.withDigest("password=second"), port)) {
                assertThat(causeOf(place(engine, "a", Duration.ZERO))).isEqualTo(FailureCause.NOT_AUTHORIZED);
                assertThat(engine.trunks().getFirst().credentialsRejected()).isTrue();
                Files.writeString(file, "second\n");
                assertThat(engine.reload(config(trunk)).trunks())
                        .containsExactly(new TrunkChange("a", Kind.NEW_SECRETS));
                // Both user agents have a turn.
                assertThat(outcomeOf(place(engine, "a", Duration.ZERO))).isInstanceOf(Rang.class);
                assertThat(outcomeOf(place(engine, "a", Duration.ZERO))).isInstanceOf(Rang.class);
                assertThat(engine.trunks()).singleElement().matches(status -> !status.credentialsRejected());
                assertThat(engine.reload(config(trunk)).trunks()).containsExactly(new TrunkChange("a", Kind.UNCHANGED));
                assertThat(two.violations()).isEmpty();
            }
        } finally {
            one.close();
        }
    }

    @Test
    void a_trust_store_that_is_rotated_is_used_by_the_next_connection() throws IOException {
        try (var before = CertificateAuthority.make();
                var after = CertificateAuthority.make()) {
            var trust = folder.resolve("trust.pem");
            Files.copy(before.certificate(), trust);
            try (var carrier = tlsCarrier(after)) {
                var trunk = tls("a", "127.0.0.1:" + carrier.tlsAddress().getPort(), trust);
                try (var engine = start(trunk)) {
                    assertThat(causeOf(place(engine, "a", Duration.ZERO))).isEqualTo(FailureCause.UNREACHABLE);
                    Files.copy(after.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
                    assertThat(engine.reload(config(trunk)).trunks())
                            .containsExactly(new TrunkChange("a", Kind.NEW_SECRETS));
                    Stage.waitUntil(
                            () -> hosts(engine).getFirst().agentsUp() == 2,
                            () -> "connections, but saw " + hosts(engine));
                    assertThat(outcomeOf(place(engine, "a", Duration.ZERO))).isInstanceOf(Rang.class);
                }
                assertThat(carrier.violations()).isEmpty();
            }
        }
    }

    // The peers.

    private static Carrier carrier(String behaviour) {
        return Carrier.start(CarrierConfig.loopback(behaviour).withTimers(CarrierTimers.withT1(T1)));
    }

    private static Carrier carrier(CarrierTerms terms, int port) {
        return Carrier.start(CarrierConfig.loopback("ring:pdd=20ms")
                .withTimers(CarrierTimers.withT1(T1))
                .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withTerms(terms));
    }

    private static Carrier tlsCarrier(CertificateAuthority authority) {
        var files = authority.issue("127.0.0.1");
        return carrier(
                CarrierTerms.NONE.withTls(TlsTerms.parse("port=0,cert=" + files.certificate() + ",key=" + files.key())),
                0);
    }

    private static long invites(Carrier carrier) {
        return carrier.counters().requests().invites();
    }

    // The configuration.

    private static EngineConfig config(TrunkConfig... trunks) {
        return new EngineConfig(AGENTS, SipTimers.ofT1(T1), List.of(trunks));
    }

    private static TrunkConfig trunk(String name, Carrier carrier) {
        return trunk(name, carrier.address());
    }

    private static TrunkConfig trunk(String name, InetSocketAddress target) {
        return trunk(name, PeerConfig.at(target));
    }

    private static TrunkConfig trunk(String name, PeerConfig peer) {
        return new TrunkConfig(
                name,
                peer,
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new Only180(), Duration.ofMillis(100), Duration.ofSeconds(5), 10_000, 10_000));
    }

    private static TrunkConfig withPassword(TrunkConfig trunk, Password password) {
        return trunk(trunk.name(), trunk.peer().withCredentials(new Credentials("flashcall", password)));
    }

    private static TrunkConfig tls(String name, String target, Path trust) {
        var standard = TlsConfig.DEFAULT;
        var config = new TlsConfig(Optional.of(trust), standard.client(), standard.versions(), Optional.empty(), false);
        return trunk(
                name, PeerConfig.at(SipTarget.parse(target + ";transport=tls")).withTls(config));
    }

    // The engine.

    private Engine start(TrunkConfig... trunks) throws IOException {
        return Engine.start(config(trunks), this::onEvent);
    }

    private void onEvent(CallEvent event) {
        if (event instanceof Ended over) {
            outcomes.put(over.stamp().reference(), over.outcome());
            ends.incrementAndGet();
        }
    }

    /// @param ring zero: the trunk's own
    private CallRequest request(String trunk, Duration ring) {
        var from = "+1202555%04d".formatted(placed % 10_000);
        var request = CallRequest.of(trunk, from, "+442079460123", "call-" + placed++);
        return ring.isZero() ? request : request.withRingTime(ring);
    }

    private String place(Engine engine, String trunk, Duration ring) {
        var request = request(trunk, ring);
        assertThat(engine.place(request)).isInstanceOf(Accepted.class);
        return request.reference();
    }

    private CallOutcome outcomeOf(String call) {
        Stage.waitUntil(() -> outcomes.containsKey(call), () -> "the end of " + call);
        return outcomes.get(call);
    }

    private FailureCause causeOf(String call) {
        assertThat(outcomeOf(call)).isInstanceOf(Failed.class);
        return ((Failed) outcomeOf(call)).cause();
    }

    private static List<HostStatus> hosts(Engine engine) {
        return engine.trunks().stream()
                .map(TrunkStatus::hosts)
                .flatMap(List::stream)
                .toList();
    }

    private static void isFaultless(Engine engine, Carrier... carriers) {
        assertThat(engine.snapshot().count(Metric.FAULTS)).isZero();
        for (var carrier : carriers) {
            assertThat(carrier.violations()).isEmpty();
        }
    }
}
