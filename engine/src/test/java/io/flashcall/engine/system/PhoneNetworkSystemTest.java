package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
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
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.peers.DigestAlgorithm;
import io.flashcall.testbed.peers.HandsetEvent;
import io.flashcall.testbed.peers.PhoneNetwork;
import io.flashcall.testbed.peers.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Flash calls to a real phone through real proxies: Kamailio, which wants digest and stays in the path, and baresip,
/// which rings.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PhoneNetworkSystemTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<CallOutcome> outcomes = new LinkedBlockingQueue<>();

    /// MD5 and SHA-256 alike: both Kamailios and the phone are started once for each, and called over all transports.
    @ParameterizedTest
    @EnumSource(names = {"MD5", "SHA_256"})
    void a_phone_behind_record_routing_proxies_with_digest_shows_a_missed_call(DigestAlgorithm algorithm)
            throws Exception {
        try (var network = PhoneNetwork.start(Transport.UDP, algorithm)) {
            for (var transport : SipTransport.values()) {
                missedBy(network, transport);
            }
            wrongPassword(network);
        }
    }

    /// The second call shows its credentials unasked.
    private void missedBy(PhoneNetwork network, SipTransport transport) throws Exception {
        try (var engine = start(network, transport, PhoneNetwork.PASSWORD)) {
            for (int i = 0; i < 2; i++) {
                var before = Set.copyOf(network.phone().events());
                var id = place(engine, "%s-%d".formatted(transport, i));
                missed(network, id, before);
                assertThat(outcome()).as("%s", transport).isInstanceOf(Rang.class);
            }
            var counted = engine.snapshot();
            assertThat(counted.count(Metric.CHALLENGES)).as("%s", transport).isEqualTo(1);
            assertThat(counted.count(Metric.FAULTS)).isZero();
            assertThat(counted.count(Metric.RESPONSES_UNMATCHED)).isZero();
        }
    }

    /// The phone shows our caller id, and that nobody took the call.
    ///
    /// @param before what it had seen before: another engine gives its calls the same ids, and other Call-IDs
    private static void missed(PhoneNetwork network, String id, Set<HandsetEvent> before) {
        var phone = network.phone();
        var closed = phone.await(
                "miss the call " + id,
                PATIENCE,
                event ->
                        event.type().equals("CALL_CLOSED") && event.callId().startsWith(id) && !before.contains(event));
        assertThat(closed.peerUser()).isEqualTo(PhoneNetwork.USER);
        assertThat(phone.wasAnswered(closed.callId())).isFalse();
    }

    private void wrongPassword(PhoneNetwork network) throws Exception {
        try (var engine = start(network, SipTransport.UDP, "not the password")) {
            place(engine, "wrong");
            assertThat(outcome())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.cause()).isEqualTo(FailureCause.NOT_AUTHORIZED));
            assertThat(engine.snapshot().count(Metric.CHALLENGES)).isBetween(2L, 4L);
        }
    }

    private static String place(Engine engine, String reference) {
        var request = CallRequest.of("carrier", PhoneNetwork.USER, PhoneNetwork.PHONE, reference);
        var admission = engine.place(request.withRingTime(Duration.ofMillis(300)));
        assertThat(admission).isInstanceOf(Accepted.class);
        return ((Accepted) admission).callId().toString();
    }

    private CallOutcome outcome() throws InterruptedException {
        var outcome = outcomes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("the call did not end");
        }
        return outcome;
    }

    private Engine start(PhoneNetwork network, SipTransport transport, String password) throws IOException {
        var address = network.carrier().address(Transport.valueOf(transport.name()));
        var target = new SipTarget("127.0.0.1", OptionalInt.of(address.getPort()), Optional.of(transport));
        var trust = new TlsConfig(
                Optional.of(network.authority()),
                Optional.empty(),
                TlsConfig.DEFAULT.versions(),
                Optional.of(PhoneNetwork.REALM),
                false);
        var peer = PeerConfig.at(target)
                .withTls(trust)
                .withCredentials(new Credentials(PhoneNetwork.USER, new Password.Text(password)));
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse(PhoneNetwork.USER)), true);
        var calls = new CallPolicy(new Only180(), Duration.ofSeconds(1), Duration.ofSeconds(12), 10, 100);
        var trunk = new TrunkConfig("carrier", peer, callerIds, NumberPolicy.PLUS_E164, calls);
        var agents = UserAgentConfig.of(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return Engine.start(new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk)), this::onEvent);
    }

    private void onEvent(CallEvent event) {
        if (event instanceof Ended ended) {
            outcomes.add(ended.outcome());
        }
    }
}
