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
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.dns.DnsServer;
import java.io.IOException;
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

/// Calls at an even rate to a carrier of two hosts, which SRV records name one before the other, and which host heard
/// of each and rang.
final class SteadyCalls {

    static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Map<CallOutcome, AtomicLong> outcomes = new ConcurrentHashMap<>();
    final AtomicLong ended = new AtomicLong();

    /// Calls that a host has said 180 to, by the host's port.
    final Map<Integer, Set<Long>> rang = new ConcurrentHashMap<>();

    /// When an INVITE was last sent for the first time, by the host's port.
    final Map<Integer, Long> lastNew = new ConcurrentHashMap<>();

    private final Set<Long> invited = ConcurrentHashMap.newKeySet();
    private final int perSecond;
    private long placed;

    SteadyCalls(int perSecond) {
        this.perSecond = perSecond;
    }

    /// The first is preferred.
    static DnsServer names(Carrier first, Carrier second) throws IOException {
        return DnsServer.start(
                "_sip._udp.carrier.test 60 SRV 1 1 %d a.carrier.test"
                        .formatted(first.address().getPort()),
                "_sip._udp.carrier.test 60 SRV 2 1 %d b.carrier.test"
                        .formatted(second.address().getPort()),
                "a.carrier.test 60 A 127.0.0.1",
                "b.carrier.test 60 A 127.0.0.1");
    }

    /// A trunk that is known by the names of [#names].
    ///
    /// @param setup until a call that does not ring is given up
    static EngineConfig config(DnsServer dns, Duration setup) {
        var peer = PeerConfig.at(SipTarget.parse("carrier.test")).withTransports(Set.of(SipTransport.UDP));
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
        var calls = new CallPolicy(new Only180(), Duration.ofMillis(300), setup, 100_000, 100_000);
        var trunk = new TrunkConfig("carrier", peer, callerIds, NumberPolicy.PLUS_E164, calls);
        var agents = UserAgentConfig.of(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new EngineConfig(
                agents,
                SipTimers.ofT1(Duration.ofMillis(200)),
                new DnsConfig(List.of(dns.address()), Duration.ofMillis(500)),
                List.of(trunk));
    }

    long placed() {
        return placed;
    }

    /// Calls that rang at both.
    Set<Long> rangTwice(int onePort, int otherPort) {
        return rang.getOrDefault(onePort, Set.of()).stream()
                .filter(rang.getOrDefault(otherPort, Set.of())::contains)
                .collect(Collectors.toSet());
    }

    /// Seconds from then until the last new call went to that host.
    double stayed(int port, long since) {
        return (lastNew.getOrDefault(port, since) - since) / (double) SECOND;
    }

    /// Places calls until one goes to that host for the first time since.
    long firstNewAfter(Engine engine, int port, long since) {
        long until = since + 10 * SECOND;
        while (lastNew.getOrDefault(port, 0L) - since < 0 && System.nanoTime() - until < 0) {
            place(engine, 1);
        }
        return lastNew.getOrDefault(port, 0L) - since < 0 ? until : lastNew.get(port);
    }

    void place(Engine engine, int seconds) {
        long start = System.nanoTime();
        for (int i = 0; i < seconds * perSecond; i++) {
            long due = start + i * SECOND / perSecond;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var from = "+1202555%04d".formatted(placed % 10_000);
            var request = CallRequest.of("carrier", from, "+442079460123", "call-" + placed++);
            assertThat(engine.place(request)).isInstanceOf(Accepted.class);
        }
    }

    void waitForEnds() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (ended.get() < placed && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(SECOND / 100);
        }
    }

    void onEvent(CallEvent event) {
        if (event instanceof Ended over) {
            outcomes.computeIfAbsent(over.outcome(), _ -> new AtomicLong()).incrementAndGet();
            ended.incrementAndGet();
        }
    }

    /// On the engine's loop.
    void onMessage(WireMessage message) {
        int port = message.peer().port();
        var step = LadderStep.of(message);
        if (message.sent() && step.label().equals("INVITE") && invited.add(message.call())) {
            lastNew.merge(port, message.nanos(), Math::max);
        } else if (!message.sent() && step.status() == 180) {
            rang.computeIfAbsent(port, _ -> ConcurrentHashMap.newKeySet()).add(message.call());
        }
    }
}
