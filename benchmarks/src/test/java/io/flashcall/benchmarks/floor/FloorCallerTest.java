package io.flashcall.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.benchmarks.rig.Schedule;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FloorCallerTest {

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 100", "true, 100"})
    void each_call_rings_is_cancelled_and_acknowledged(boolean gso, int ringMillis) throws Exception {
        try (var farEnd = Carrier.start(CarrierConfig.loopback("reflect"))) {
            var schedule = new Schedule(200, 100, Duration.ZERO);
            var report = FloorCaller.run(farEnd.address(), schedule, Duration.ofMillis(ringMillis), gso);
            assertThat(report.placed()).isEqualTo(100);
            assertThat(report.ended()).isEqualTo(100);
            assertThat(report.seconds()).isBetween(0.5, 5.0);
            assertThat(farEnd.counters().requests().invites()).isEqualTo(100);
            assertThat(farEnd.counters().requests().acks()).isEqualTo(100);
        }
    }
}
