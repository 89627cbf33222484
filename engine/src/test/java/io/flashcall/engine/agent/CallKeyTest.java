package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallKeyTest {

    @ParameterizedTest
    @CsvSource({
        "0,   0,        1,        0,   0000000000000100",
        "1,   2,        3,        176, 01000002000003b0",
        "63,  3999999,  16777215, 160, 3f3d08ffffffffa0",
        "255, 16777215, 16777215, 255, ffffffffffffffff"
    })
    void a_key_is_agent_slot_generation_and_leg(int agent, int slot, int generation, int leg, String hex) {
        long key = CallKey.of(agent, slot, generation, leg);
        assertThat("%016x".formatted(key)).isEqualTo(hex);
        assertThat(CallKey.agent(key)).isEqualTo(agent);
        assertThat(CallKey.slot(key)).isEqualTo(slot);
        assertThat(CallKey.leg(key)).isEqualTo(leg);
    }

    @Test
    void a_generation_wraps_without_touching_its_neighbours() {
        long key = CallKey.of(1, 2, (1 << 24) + 5, CallKey.CALL);
        assertThat(key).isEqualTo(CallKey.of(1, 2, 5, CallKey.CALL));
    }

    @Test
    void another_leg_of_a_call_is_still_that_call() {
        long key = CallKey.of(9, 8, 7, CallKey.CALL);
        assertThat(CallKey.withLeg(key, CallKey.BYE)).isEqualTo(CallKey.of(9, 8, 7, CallKey.BYE));
        assertThat(CallKey.withLeg(CallKey.withLeg(key, CallKey.ACK), CallKey.CALL))
                .isEqualTo(key);
    }
}
