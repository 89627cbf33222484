package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Engine;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.WireMessage;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Two hosts of a carrier, known by SRV records, and one of them falls silent in the middle of a steady rate: its
/// port stays open, so that no ICMP error tells of it. In full 500 calls a second.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSilentGateTest {

    private static final int CALLS_A_SECOND = Gates.size(150, 500);

    private final SteadyCalls calls = new SteadyCalls(CALLS_A_SECOND);

    /// Where a call's INVITE went last, and the calls that have changed their host, and those that did so again.
    private final Map<Long, Integer> host = new ConcurrentHashMap<>();

    private final Set<Long> moved = ConcurrentHashMap.newKeySet();
    private final Set<Long> wentBack = ConcurrentHashMap.newKeySet();

    @Test
    void every_call_ends_none_rings_twice_and_new_calls_go_to_the_other_host_within_3_s() throws Exception {
        var config = CarrierConfig.loopback("ring:pdd=20ms");
        try (var first = Carrier.start(config);
                var second = Carrier.start(config);
                var dns = SteadyCalls.names(first, second);
                var engine =
                        Engine.start(SteadyCalls.config(dns, Duration.ofSeconds(7)), calls::onEvent, this::onMessage)) {
            int port = first.address().getPort();
            calls.place(engine, 1);
            assertThat(calls.lastNew).as("the preferred host").containsOnlyKeys(port);

            first.pause();
            long silent = System.nanoTime();
            calls.place(engine, 4);
            double stayed = calls.stayed(port, silent);
            assertThat(stayed)
                    .as("seconds until new calls avoid the silent host")
                    .isLessThan(3);

            first.resume();
            long back = System.nanoTime();
            double away = (calls.firstNewAfter(engine, port, back) - back) / (double) SteadyCalls.SECOND;
            assertThat(away).as("seconds until the host has calls again").isLessThan(10);
            calls.waitForEnds();
            Gates.report("host silent: %d calls at %d/s: %s; new calls left it after %.2f s, came back after %.2f s"
                    .formatted(calls.placed(), CALLS_A_SECOND, calls.outcomes, stayed, away));
            nothingWentWrong(engine, port, second);
        }
    }

    private void nothingWentWrong(Engine engine, int port, Carrier second) {
        assertThat(calls.ended).as("ends").hasValue(calls.placed());
        var counted = engine.snapshot();
        assertThat(counted.count(Metric.FAULTS)).as("faults").isZero();
        assertThat(counted.count(Metric.FAILOVERS)).as("calls that left it").isPositive();
        assertThat(counted.count(Metric.STRAGGLERS_FORGOTTEN)).isZero();
        assertThat(calls.rangTwice(port, second.address().getPort()))
                .as("calls that rang twice")
                .isEmpty();
        assertThat(moved).as("calls seen to leave it").isNotEmpty();
        assertThat(wentBack)
                .as("calls whose INVITE went to the silent host again")
                .isEmpty();
        assertThat(second.violations()).isEmpty();
    }

    /// On the engine's loop.
    private void onMessage(WireMessage message) {
        int port = message.peer().port();
        if (message.sent() && LadderStep.of(message).label().equals("INVITE")) {
            var before = host.put(message.call(), port);
            if (before != null && before != port && !moved.add(message.call())) {
                wentBack.add(message.call());
            }
        }
        calls.onMessage(message);
    }
}
