package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Engine;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Two hosts of a carrier, known by SRV records, and one of them dies in the middle of 500 calls a second.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostLostGateTest {

    private static final int CALLS_A_SECOND = 500;

    private final SteadyCalls calls = new SteadyCalls(CALLS_A_SECOND);

    @Test
    void every_call_ends_none_rings_twice_and_new_calls_go_to_the_other_host_within_3_s() throws Exception {
        var config = CarrierConfig.loopback("ring:pdd=20ms");
        var first = Carrier.start(config);
        var second = Carrier.start(config);
        int firstPort = first.address().getPort();
        int secondPort = second.address().getPort();
        try (var dns = SteadyCalls.names(first, second);
                var engine = Engine.start(
                        SteadyCalls.config(dns, Duration.ofSeconds(12)), calls::onEvent, calls::onMessage)) {
            calls.place(engine, 2);
            assertThat(calls.lastNew).as("the preferred host").containsOnlyKeys(firstPort);

            first.close();
            long killed = System.nanoTime();
            calls.place(engine, 5);
            double stayed = calls.stayed(firstPort, killed);
            assertThat(stayed).as("seconds until new calls avoid the dead host").isLessThan(3);

            first = Carrier.start(
                    config.withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort)));
            long back = System.nanoTime();
            calls.place(engine, 5);
            double away = (calls.firstNewAfter(engine, firstPort, back) - back) / (double) SteadyCalls.SECOND;
            assertThat(away).as("seconds until the host has calls again").isLessThan(10);

            calls.waitForEnds();
            assertThat(calls.ended).as("ends").hasValue(calls.placed());
            assertThat(engine.snapshot().count(Metric.FAULTS)).as("faults").isZero();
            assertThat(calls.rangTwice(firstPort, secondPort))
                    .as("calls that rang twice")
                    .isEmpty();
            Gates.report("host lost: %d calls at %d/s: %s; new calls left the dead host after %.2f s"
                    .formatted(calls.placed(), CALLS_A_SECOND, calls.outcomes, stayed));
            assertThat(second.violations()).isEmpty();
        } finally {
            first.close();
            second.close();
        }
    }
}
