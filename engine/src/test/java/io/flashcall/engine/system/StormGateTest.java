package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Gate 5: a seeded storm beside live calls. In full 1,000,000 datagrams at 20,000/s beside 500 calls/s.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StormGateTest {

    private static final int DATAGRAMS = Gates.size(15_000, 1_000_000);
    private static final int DATAGRAMS_A_SECOND = Gates.size(5_000, 20_000);
    private static final int CALLS_A_SECOND = Gates.size(100, 500);
    private static final int SECONDS = DATAGRAMS / DATAGRAMS_A_SECOND;
    private static final long MIB = 1 << 20;
    private static final SipStatus TERMINATED = new SipStatus(487, -1, "");

    @Test
    void no_ringing_calls_outcome_changes() throws Exception {
        beside("ring", new Rang(TERMINATED), 20_261_123);
    }

    @Test
    void no_answered_calls_outcome_changes() throws Exception {
        beside("answer-on-cancel", new Answered(true, new SipStatus(200, -1, "")), 4711);
    }

    private static void beside(String behaviour, CallOutcome outcome, long seed) throws Exception {
        var local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), freePort());
        try (var storm = new Storm(seed, local, "127.0.0.2");
                var stage = Scene.of(behaviour)
                        .local(local)
                        .ring(Duration.ofMillis(200))
                        .t1(Duration.ofMillis(500))
                        .setup(Duration.ofSeconds(5))
                        .slots(16_384)
                        .eventRoom(1 << 17)
                        .unrecorded()
                        .trace(storm)
                        .start()) {
            stage.placeMany(CALLS_A_SECOND, CALLS_A_SECOND);
            long before = heap();
            var raging = Thread.ofPlatform().name("storm").start(() -> storm.rage(DATAGRAMS, DATAGRAMS_A_SECOND));
            stage.placeMany(CALLS_A_SECOND * SECONDS, CALLS_A_SECOND);
            raging.join();
            stage.nothingIsLeft();
            long after = heap();

            long calls = stage.accepted();
            Gates.report(
                    ("5 %s: %d calls at %d/s, %d datagrams at %d/s (%s): %s; kernel drops %d, unmatched %d, malformed %d,"
                                    + " heap %d -> %d MiB")
                            .formatted(
                                    behaviour,
                                    calls,
                                    CALLS_A_SECOND,
                                    DATAGRAMS,
                                    DATAGRAMS_A_SECOND,
                                    storm,
                                    stage.outcomes(),
                                    stage.engine.snapshot().kernelDrops(),
                                    stage.counted(Metric.RESPONSES_UNMATCHED),
                                    stage.counted(Metric.MALFORMED_DROPPED),
                                    before / MIB,
                                    after / MIB));
            assertThat(stage.engine.snapshot().kernelDrops()).as("kernel drops").isZero();
            assertThat(stage.outcomes()).isEqualTo(Map.of(outcome, calls));
            assertThat(storm.answersToStranger()).as("answers to the stranger").isZero();
            assertThat(stage.counted(Metric.STRANGERS_DROPPED)).isEqualTo(storm.strangers());
            assertThat(stage.counted(Metric.CALLS_PLACED)).isEqualTo(calls);
            assertThat(after - before).as("growth of the heap").isLessThan(64 * MIB);
            assertThat(stage.engine.drain(Duration.ofSeconds(5)).complete()).isTrue();
        }
    }

    private static int freePort() throws Exception {
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    /// What is reachable; a full collection makes it comparable.
    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
