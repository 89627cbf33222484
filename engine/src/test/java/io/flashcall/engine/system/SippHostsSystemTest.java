package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkStatus.HostStatus;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.dns.DnsServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A carrier of two hosts, known by SRV records: the second is SIPp, and so is the first, unless it is silent.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class SippHostsSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String RINGS = "uas-ring-cancel.xml";
    private static final int MANY = 1_000;

    @Test
    void a_call_that_SIPp_has_no_room_for_rings_at_the_other_SIPp_and_the_first_is_left_alone() throws Exception {
        try (var first = SippCallee.start("uas-unavailable.xml", 1);
                var second = SippCallee.start(RINGS, 4);
                var dns = names(first.address(), second.address());
                var drill = drill(dns)) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(counted(drill, Metric.FAILOVERS)).isOne();
            assertThat(first.statistics()).containsEntry("SuccessfulCall", 1L).containsEntry("FailedCall", 0L);

            ring(drill, 3);
            assertThat(counted(drill, Metric.FAILOVERS))
                    .as("new calls avoid it")
                    .isOne();
            assertThat(second.statistics()).containsEntry("SuccessfulCall", 4L).containsEntry("FailedCall", 0L);
        }
    }

    @Test
    void calls_leave_a_SIPp_that_was_killed_and_return_when_it_is_back() throws Exception {
        try (var first = SippCallee.start(RINGS, MANY);
                var second = SippCallee.start(RINGS, 3);
                var dns = names(first.address(), second.address());
                var drill = drill(dns)) {
            ring(drill, 1);
            first.kill();
            ring(drill, 3);
            assertThat(second.statistics()).containsEntry("SuccessfulCall", 3L).containsEntry("FailedCall", 0L);
            assertThat(first(drill).state()).isNotEqualTo("up");

            try (var _ = SippCallee.start(RINGS, MANY, first.address(), SipTransport.UDP)) {
                firstIsUp(drill);
                assertThat(counted(drill, Metric.PROBES_SENT)).isPositive();
                // The second has ended: only the first can ring.
                ring(drill, 3);
            }
        }
    }

    @Test
    void a_call_that_a_silent_host_got_rings_at_SIPp_and_new_calls_avoid_the_silent_one() throws Exception {
        try (var silent = new DatagramSocket(0, LOOPBACK);
                var second = SippCallee.start(RINGS, 4);
                var dns = names(new InetSocketAddress(LOOPBACK, silent.getLocalPort()), second.address());
                var drill = drill(dns)) {
            ring(drill, 1);
            assertThat(counted(drill, Metric.FAILOVERS)).isOne();
            // A host is suspect only after 2 s of silence: another call finds that out.
            ring(drill, 1);
            Stage.waitUntil(() -> !first(drill).state().equals("up"), () -> "no calls for " + first(drill));
            assertThat(first(drill).reason()).isEqualTo("silent");
            long before = counted(drill, Metric.FAILOVERS);
            ring(drill, 2);
            assertThat(counted(drill, Metric.FAILOVERS))
                    .as("new calls avoid it")
                    .isEqualTo(before);
            Stage.waitUntil(() -> counted(drill, Metric.PROBES_SENT) > 0, () -> "a probe");

            assertThat(second.statistics()).containsEntry("SuccessfulCall", 4L).containsEntry("FailedCall", 0L);
            var got = receivedBy(silent);
            var invited = got.stream()
                    .filter(text -> text.startsWith("INVITE"))
                    .map(SippHostsSystemTest::callId)
                    .collect(Collectors.toSet());
            assertThat(invited).as("only the calls that left it").hasSize((int) before);
            assertThat(got).anyMatch(text -> text.startsWith("OPTIONS")).noneMatch(text -> text.startsWith("CANCEL"));
        }
    }

    /// SIPp has the INVITEs in its socket all the time, and rings when it goes on: a CANCEL must follow for each.
    /// Its own counts say nothing here: SIPp gives a call up when an INVITE and its repetitions come all at once.
    @Test
    void a_SIPp_that_rings_after_its_calls_have_gone_elsewhere_is_sent_their_CANCELs() throws Exception {
        int calls = 20;
        try (var first = SippCallee.start(RINGS, MANY);
                var second = SippCallee.start(RINGS, calls);
                var dns = names(first.address(), second.address());
                var drill = drill(dns)) {
            first.freeze();
            var placed = new ArrayList<String>();
            for (int i = 0; i < calls; i++) {
                placed.add(drill.place(Drill.RING));
            }
            assertThat(placed)
                    .allSatisfy(call -> assertThat(drill.outcomeOf(call)).isInstanceOf(Rang.class));
            assertThat(counted(drill, Metric.FAILOVERS)).isEqualTo(calls);
            assertThat(second.statistics())
                    .containsEntry("SuccessfulCall", (long) calls)
                    .containsEntry("FailedCall", 0L);

            first.thaw();
            Stage.waitUntil(
                    () -> counted(drill, Metric.STRAGGLERS_CANCELLED) == calls,
                    () -> "CANCELs for the first, but there were " + counted(drill, Metric.STRAGGLERS_CANCELLED));
            firstIsUp(drill);
            // Rung by the first now, since the second has ended.
            ring(drill, 1);
            assertThat(counted(drill, Metric.STRAGGLERS_FORGOTTEN)).isZero();
            assertThat(counted(drill, Metric.FAULTS)).isZero();
        }
    }

    // What it takes.

    private static DnsServer names(InetSocketAddress first, InetSocketAddress second) throws Exception {
        return DnsServer.start(
                "_sip._udp.carrier.test 60 SRV 1 1 %d a.carrier.test".formatted(first.getPort()),
                "_sip._udp.carrier.test 60 SRV 2 1 %d b.carrier.test".formatted(second.getPort()),
                "a.carrier.test 60 A 127.0.0.1",
                "b.carrier.test 60 A 127.0.0.1");
    }

    private static Drill drill(DnsServer dns) throws Exception {
        var peer = PeerConfig.at(SipTarget.parse("carrier.test")).withTransports(Set.of(SipTransport.UDP));
        return Drill.towards(peer, LOOPBACK, new DnsConfig(List.of(dns.address()), Duration.ofMillis(500)));
    }

    private static void ring(Drill drill, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
        }
    }

    private static long counted(Drill drill, Metric metric) {
        return drill.engine.snapshot().count(metric);
    }

    private static void firstIsUp(Drill drill) {
        Stage.waitUntil(() -> first(drill).state().equals("up"), () -> "the first up, but it is " + first(drill));
    }

    private static HostStatus first(Drill drill) {
        return drill.engine.trunks().getFirst().hosts().getFirst();
    }

    private static List<String> receivedBy(DatagramSocket socket) throws Exception {
        var texts = new ArrayList<String>();
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.setSoTimeout(50);
        try {
            while (texts.size() < MANY) {
                packet.setLength(65_535);
                socket.receive(packet);
                texts.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException _) {
            // That was all.
        }
        return texts;
    }

    private static String callId(String text) {
        return text.lines()
                .filter(line -> line.startsWith("Call-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
