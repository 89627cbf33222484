package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.TraceLine;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three user agents on one port. The carrier has one address, so that the system gives all that it sends to one of
/// them, which hands two thirds over.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Isolated("sets a system property that every engine reads at its start")
class SharedPortSystemTest {

    private static final String TRANSPORT = "flashcall.transport";
    private static final SipStatus OK = new SipStatus(200, -1, "");
    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");
    private static final Pattern CONTACT_PORT = Pattern.compile("\r\nContact: <sip:[^>]*:(\\d+)>");

    @AfterEach
    void best() {
        System.clearProperty(TRANSPORT);
    }

    @ParameterizedTest
    @CsvSource({"best, 127.0.0.1", "nio, 127.0.0.1", "best, ::1"})
    void calls_of_all_agents_ring_from_one_port(String transport, String host) {
        System.setProperty(TRANSPORT, transport);
        try (var stage = Scene.of("ring")
                .host(InetAddress.ofLiteral(host))
                .agents(3)
                .sharedPort()
                .start()) {
            stage.placeMany(600, 300);
            stage.everythingIsOver();
            assertThat(stage.outcomes()).isEqualTo(Map.of(new Rang(TERMINATED), 600L));
            assertThat(stage.counted(Metric.RESPONSES_UNMATCHED)).isZero();
            assertThat(stage.counted(Metric.HANDOVERS_DROPPED)).isZero();
            assertThat(stage.counted(Metric.HANDED_OVER)).isGreaterThanOrEqualTo(4 * 400);
            assertThat(stage.engine.snapshot().agents())
                    .as("calls of each agent")
                    .allSatisfy(agent -> assertThat(agent.counters()).containsEntry(Metric.CALLS_ENDED, 200L));
            var ports = stage.received("INVITE").stream()
                    .map(line -> line.peer().getPort())
                    .collect(Collectors.toSet());
            assertThat(ports).as("source ports").hasSize(1);
            assertThat(stage.received("INVITE"))
                    .extracting(SharedPortSystemTest::contactPort)
                    .containsOnly(ports.iterator().next());
        }
    }

    @Test
    void answered_calls_are_acknowledged_and_hung_up_by_the_agent_that_made_them() {
        try (var stage = Scene.of("answer-on-cancel").agents(3).sharedPort().start()) {
            stage.placeMany(150, 150);
            stage.everythingIsOver();
            assertThat(stage.outcomes()).isEqualTo(Map.of(new Answered(true, OK), 150L));
            assertThat(stage.counted(Metric.RESPONSES_UNMATCHED)).isZero();
            assertThat(stage.counted(Metric.BYES_UNANSWERED)).isZero();
        }
    }

    @Test
    void sipp_sees_nothing_unexpected() throws Exception {
        try (var sipp = SippCallee.start("uas-ring-cancel.xml", 300);
                var stage = Scene.towards(sipp.address())
                        .t1(Duration.ofMillis(500))
                        .ring(Duration.ofMillis(200))
                        .setup(Duration.ofSeconds(10))
                        .agents(3)
                        .sharedPort()
                        .unrecorded()
                        .start()) {
            stage.placeMany(300, 300);
            stage.nothingIsLeft();
            assertThat(stage.outcomes()).isEqualTo(Map.of(new Rang(TERMINATED), 300L));
            assertThat(stage.counted(Metric.RESPONSES_UNMATCHED)).isZero();
            assertThat(sipp.statistics())
                    .as(sipp::said)
                    .containsEntry("SuccessfulCall", 300L)
                    .containsEntry("FailedUnexpectedMessage", 0L)
                    .containsEntry("OutOfCallMsgs", 0L);
        }
    }

    @Test
    void an_engine_that_is_closed_in_the_middle_leaves_the_port_free() throws Exception {
        int port;
        try (var stage = Scene.of("ring").agents(3).sharedPort().start()) {
            for (int i = 0; i < 60; i++) {
                stage.placeRinging(Duration.ofSeconds(5));
            }
            Stage.waitUntil(
                    () -> stage.received("INVITE").size() == 60,
                    () -> "60 INVITEs, but saw " + stage.received("INVITE").size());
            port = stage.received("INVITE").getFirst().peer().getPort();
            stage.engine.close();
            stage.everyCallHasEnded();
        }
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
    }

    /// The system would let it in, and give each a part of what is meant for the other.
    @Test
    void another_engine_does_not_get_the_same_port() throws Exception {
        int port;
        try (var probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var _ = Scene.of("ring").local(local).agents(2).sharedPort().start()) {
            assertThatThrownBy(() ->
                            Scene.of("ring").local(local).agents(2).sharedPort().start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    private static int contactPort(TraceLine invite) {
        var matcher = CONTACT_PORT.matcher(invite.text());
        assertThat(matcher.find()).as(invite.text()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
