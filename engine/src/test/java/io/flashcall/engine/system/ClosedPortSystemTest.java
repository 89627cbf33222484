package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.FailoverPolicy;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.dns.DnsServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hosts where nobody listens: Linux answers with port unreachable (ICMP), by which calls leave at once.
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class ClosedPortSystemTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Of [FailoverPolicy#DEFAULT] silence alone would take 4 s; half of that is what a busy machine may take.
    private static final Duration LONG_BEFORE_FAILOVER = Duration.ofSeconds(2);

    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private long placedAt;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, A", "::1, AAAA"})
    void a_call_to_a_closed_port_goes_to_the_next_host_at_once(String host, String type) throws Exception {
        var address = InetAddress.ofLiteral(host);
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring").withListen(new InetSocketAddress(address, 0)));
                var dns = DnsServer.start(
                        "_sip._udp.carrier.test 60 SRV 1 1 %d sip.carrier.test".formatted(closedPort(address)),
                        "_sip._udp.carrier.test 60 SRV 2 1 %d sip.carrier.test"
                                .formatted(carrier.address().getPort()),
                        "sip.carrier.test 60 %s %s".formatted(type, host));
                var engine = start(address, dns.address(), SipTarget.parse("carrier.test"), FailoverPolicy.DEFAULT)) {
            place(engine, 1);
            var _ = next(Ringing.class);
            assertThat(Duration.ofNanos(System.nanoTime() - placedAt)).isLessThan(LONG_BEFORE_FAILOVER);
            assertThat(outcome()).isInstanceOf(Rang.class);
            assertThat(engine.snapshot().count(Metric.FAILOVERS)).isOne();
            place(engine, 2);
            assertThat(outcome()).isInstanceOf(Rang.class);
            assertThat(engine.snapshot().count(Metric.FAILOVERS))
                    .as("new calls avoid it")
                    .isOne();
            assertThat(engine.snapshot().count(Metric.INVITES_UNDELIVERED)).isOne();
            assertThat(engine.snapshot().count(Metric.SEND_ERRORS)).isZero();
        }
    }

    @Test
    void a_trunk_of_one_host_where_nobody_listens_is_unreachable_when_others_would_fail_over() throws Exception {
        var local = InetAddress.ofLiteral("127.0.0.1");
        var target = SipTarget.parse("127.0.0.1:" + closedPort(local));
        var failover = new FailoverPolicy(Duration.ofMillis(700), Duration.ofSeconds(2));
        try (var engine = start(local, new InetSocketAddress(local, 53), target, failover)) {
            place(engine, 1);
            var outcome = outcome();
            assertThat(Duration.ofNanos(System.nanoTime() - placedAt))
                    .isBetween(Duration.ofMillis(690), LONG_BEFORE_FAILOVER);
            assertThat(((Failed) outcome).cause()).isEqualTo(FailureCause.UNREACHABLE);
            assertThat(engine.snapshot().count(Metric.INVITES_UNDELIVERED)).isGreaterThanOrEqualTo(2);
        }
    }

    private Engine start(InetAddress local, InetSocketAddress dns, SipTarget target, FailoverPolicy failover)
            throws Exception {
        var peer =
                PeerConfig.at(target).withTransports(Set.of(SipTransport.UDP)).withFailover(failover);
        var callerIds = new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true);
        var calls = new CallPolicy(new Only180(), Duration.ofMillis(50), Duration.ofSeconds(12), 10, 100);
        var trunk = new TrunkConfig("carrier", peer, callerIds, NumberPolicy.PLUS_E164, calls);
        return Engine.start(
                new EngineConfig(
                        UserAgentConfig.of(1, new InetSocketAddress(local, 0)),
                        SipTimers.STANDARD,
                        new DnsConfig(List.of(dns), Duration.ofMillis(500)),
                        List.of(trunk)),
                events::add);
    }

    private void place(Engine engine, int number) {
        placedAt = System.nanoTime();
        var request = CallRequest.of("carrier", "+12025550123", "+442079460123", "call-" + number);
        assertThat(engine.place(request)).isInstanceOf(Accepted.class);
    }

    private CallOutcome outcome() throws InterruptedException {
        return next(Ended.class).outcome();
    }

    private <E extends CallEvent> E next(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("an event of the call").isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    private static int closedPort(InetAddress host) throws Exception {
        try (var gone = new DatagramSocket(0, host)) {
            return gone.getLocalPort();
        }
    }
}
