package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same calls over NIO instead of epoll, and over IPv6 instead of IPv4.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Isolated("sets a system property that every engine reads at its start")
class TransportsSystemTest {

    private static final String TRANSPORT = "flashcall.transport";
    private static final SipStatus OK = new SipStatus(200, -1, "");
    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");

    @AfterEach
    void best() {
        System.clearProperty(TRANSPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "nio"})
    void calls_ring_and_are_answered_over_either_transport(String transport) {
        System.setProperty(TRANSPORT, transport);
        smoke(InetAddress.ofLiteral("127.0.0.1"), 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "nio"})
    void calls_ring_and_are_answered_over_ipv6(String transport) {
        System.setProperty(TRANSPORT, transport);
        smoke(InetAddress.ofLiteral("::1"), 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "nio"})
    void an_agent_bound_to_any_ipv6_address_also_calls_ipv4(String transport) {
        System.setProperty(TRANSPORT, transport);
        try (var four = Stage.with("answer-on-cancel");
                var stage = Scene.towards(four.carrier().address())
                        .local(new InetSocketAddress(InetAddress.ofLiteral("::"), 0))
                        .start()) {
            assertThat(stage.outcome()).isEqualTo(new Answered(true, OK));
            stage.nothingIsLeft();
            four.everythingIsOver();
            assertThat(four.received("INVITE").getFirst().text())
                    .contains("Via: SIP/2.0/UDP 127.0.0.1:", "\r\nc=IN IP4 127.0.0.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "nio"})
    void a_peer_without_a_route_is_unreachable(String transport) {
        System.setProperty(TRANSPORT, transport);
        var nowhere = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);
        try (var lost = Scene.towards(nowhere).start()) {
            String call = lost.place();
            assertThat(lost.outcomeOf(call))
                    .isEqualTo(new Failed(FailureCause.UNREACHABLE, SipStatus.NONE, Optional.empty()));
            assertThat(lost.storyOf(call)).containsExactly("Placed", "Ended");
            lost.nothingIsLeft();
            assertThat(lost.counted(Metric.SEND_ERRORS)).isOne();
        }
    }

    @Test
    void nio_says_that_it_knows_no_kernel_drops() {
        System.setProperty(TRANSPORT, "nio");
        try (var stage = Stage.with("ring")) {
            stage.outcome();
            assertThat(stage.engine.snapshot().agents())
                    .singleElement()
                    .extracting(agent -> agent.socket().kernelDrops())
                    .isEqualTo(-1L);
        }
    }

    @Test
    void another_transport_is_refused_by_name() {
        System.setProperty(TRANSPORT, "pigeon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stage.with("ring"))
                .withMessage("flashcall.transport: pigeon (expected: best, plain or nio)");
    }

    private static void smoke(InetAddress host, int calls) {
        try (var ring = Scene.of("ring").host(host).start();
                var answer = Scene.of("answer-on-cancel").host(host).start();
                var forks = Scene.of("fork-two-answer:routes=1").host(host).start()) {
            var rang = new ArrayList<String>();
            var answered = new ArrayList<String>();
            for (int i = 0; i < calls; i++) {
                rang.add(ring.place());
                answered.add(answer.place());
            }
            String forked = forks.placeRinging(Duration.ofSeconds(10));
            assertThat(rang).allSatisfy(call -> assertThat(ring.outcomeOf(call)).isEqualTo(new Rang(TERMINATED)));
            assertThat(answered)
                    .allSatisfy(call -> assertThat(answer.outcomeOf(call)).isEqualTo(new Answered(true, OK)));
            assertThat(forks.outcomeOf(forked)).isEqualTo(new Answered(true, OK));
            Stage.waitUntil(
                    () -> forks.carrier().counters().requests().byes() == 2,
                    () -> "two BYEs, but saw " + forks.carrier().counters().requests());
            ring.everythingIsOver();
            answer.everythingIsOver();
            forks.everythingIsOver();
            assertThat(ring.engine.snapshot().agents().getFirst().socket().received())
                    .isGreaterThanOrEqualTo(4L * calls);
        }
    }
}
