package io.flashcall.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FloorCallerTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_call_rings_is_cancelled_and_acknowledged(boolean gso) throws Exception {
        try (var farEnd = Carrier.start(CarrierConfig.loopback("reflect"))) {
            var report = FloorCaller.run(farEnd.address(), 200, 100, gso);
            assertThat(report.placed()).isEqualTo(100);
            assertThat(report.ended()).isEqualTo(100);
            assertThat(report.seconds()).isBetween(0.5, 5.0);
            assertThat(farEnd.counters().requests().invites()).isEqualTo(100);
            assertThat(farEnd.counters().requests().acks()).isEqualTo(100);
        }
    }
}
