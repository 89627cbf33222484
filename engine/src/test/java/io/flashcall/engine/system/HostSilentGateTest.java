package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.WireMessage;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.dns.DnsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Two hosts of a carrier, known by SRV records, and one of them falls silent in the middle of a steady rate: its
/// port stays open, so that no ICMP error tells of it. In full 500 calls a second.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSilentGateTest {

    private static final int CALLS_A_SECOND = Gates.size(150, 500);
    private static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<CallOutcome, AtomicLong> outcomes = new ConcurrentHashMap<>();
    private final AtomicLong ended = new AtomicLong();

    /// Calls that a host has said 180 to, by the host's port.
    private final Map<Integer, Set<Long>> rang = new ConcurrentHashMap<>();

    /// When an INVITE was last sent for the first time, by the host's port.
    private final Map<Integer, Long> lastNew = new ConcurrentHashMap<>();

    private final Set<Long> invited = ConcurrentHashMap.newKeySet();

    /// Where a call's INVITE went last, and the calls that have changed their host, and those that did so again.
    private final Map<Long, Integer> host = new ConcurrentHashMap<>();

    private final Set<Long> moved = ConcurrentHashMap.newKeySet();
    private final Set<Long> wentBack = ConcurrentHashMap.newKeySet();
    private long placed;

    @Test
    void every_call_ends_none_rings_twice_and_new_calls_go_to_the_other_host_within_3_s() throws Exception {
        var config = CarrierConfig.loopback("ring:pdd=20ms");
        try (var first = Carrier.start(config);
                var second = Carrier.start(config);
                var dns = names(first, second);
                var engine = Engine.start(config(dns.address()), this::onEvent, this::onMessage)) {
            int port = first.address().getPort();
            place(engine, 1);
            assertThat(lastNew).as("the preferred host").containsOnlyKeys(port);

            first.pause();
            long silent = System.nanoTime();
            place(engine, 4);
            double stayed = (lastNew.getOrDefault(port, silent) - silent) / (double) SECOND;
            assertThat(stayed)
                    .as("seconds until new calls avoid the silent host")
                    .isLessThan(3);

            first.resume();
            long back = System.nanoTime();
            double away = (firstNewAfter(engine, port, back) - back) / (double) SECOND;
            assertThat(away).as("seconds until the host has calls again").isLessThan(10);
            waitForEnds();
            Gates.report("host silent: %d calls at %d/s: %s; new calls left it after %.2f s, came back after %.2f s"
                    .formatted(placed, CALLS_A_SECOND, outcomes, stayed, away));
            nothingWentWrong(engine, port, second);
        }
    }

    private void nothingWentWrong(Engine engine, int port, Carrier second) {
        assertThat(ended).as("ends").hasValue(placed);
        var counted = engine.snapshot();
        assertThat(counted.count(Metric.FAULTS)).as("faults").isZero();
        assertThat(counted.count(Metric.FAILOVERS)).as("calls that left it").isPositive();
        assertThat(counted.count(Metric.STRAGGLERS_FORGOTTEN)).isZero();
        var twice = rang.getOrDefault(port, Set.of()).stream()
                .filter(rang.getOrDefault(second.address().getPort(), Set.of())::contains)
                .collect(Collectors.toSet());
        assertThat(twice).as("calls that rang twice").isEmpty();
        assertThat(moved).as("calls seen to leave it").isNotEmpty();
        assertThat(wentBack)
                .as("calls whose INVITE went to the silent host again")
                .isEmpty();
        assertThat(second.violations()).isEmpty();
    }

    private static DnsServer names(Carrier first, Carrier second) throws Exception {
        return DnsServer.start(
                "_sip._udp.carrier.test 60 SRV 1 1 %d a.carrier.test"
                        .formatted(first.address().getPort()),
                "_sip._udp.carrier.test 60 SRV 2 1 %d b.carrier.test"
                        .formatted(second.address().getPort()),
                "a.carrier.test 60 A 127.0.0.1",
                "b.carrier.test 60 A 127.0.0.1");
    }

    /// Places calls until one goes to that host for the first time since.
    private long firstNewAfter(Engine engine, int port, long since) {
        long until = since + 10 * SECOND;
        while (lastNew.getOrDefault(port, 0L) - since < 0 && System.nanoTime() - until < 0) {
            place(engine, 1);
        }
        return lastNew.getOrDefault(port, 0L) - since < 0 ? until : lastNew.get(port);
    }

    private void place(Engine engine, int seconds) {
        long start = System.nanoTime();
        for (int i = 0; i < seconds * CALLS_A_SECOND; i++) {
            long due = start + i * SECOND / CALLS_A_SECOND;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var from = "+1202555%04d".formatted(placed % 10_000);
            var request = CallRequest.of("carrier", from, "+442079460123", "call-" + placed++);
            assertThat(engine.place(request)).isInstanceOf(Accepted.class);
        }
    }

    private void waitForEnds() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (ended.get() < placed && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(SECOND / 100);
        }
    }

    private void onEvent(CallEvent event) {
        if (event instanceof Ended over) {
            outcomes.computeIfAbsent(over.outcome(), _ -> new AtomicLong()).incrementAndGet();
            ended.incrementAndGet();
        }
    }

    /// On the engine's loop.
    private void onMessage(WireMessage message) {
        int port = message.peer().port();
        var step = LadderStep.of(message);
        if (message.sent() && step.label().equals("INVITE")) {
            var before = host.put(message.call(), port);
            if (before != null && before != port && !moved.add(message.call())) {
                wentBack.add(message.call());
            }
        }
        if (message.sent() && step.label().equals("INVITE") && invited.add(message.call())) {
            lastNew.merge(port, message.nanos(), Math::max);
        } else if (!message.sent() && step.status() == 180) {
            rang.computeIfAbsent(port, _ -> ConcurrentHashMap.newKeySet()).add(message.call());
        }
    }

    private static EngineConfig config(InetSocketAddress dns) {
        var peer = PeerConfig.at(SipTarget.parse("carrier.test")).withTransports(Set.of(SipTransport.UDP));
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
        var calls = new CallPolicy(new Only180(), Duration.ofMillis(300), Duration.ofSeconds(7), 100_000, 100_000);
        var trunk = new TrunkConfig("carrier", peer, callerIds, NumberPolicy.PLUS_E164, calls);
        var agents = UserAgentConfig.of(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new EngineConfig(
                agents,
                SipTimers.ofT1(Duration.ofMillis(200)),
                new DnsConfig(List.of(dns), Duration.ofMillis(500)),
                List.of(trunk));
    }
}
