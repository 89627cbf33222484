package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The generations of a slot, whose key must never be the one that stands for no call.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GenerationTest {

    private static final int LAST = (1 << 24) - 1;

    @Test
    void generations_begin_again_at_1_so_that_no_call_has_the_key_of_a_vacant_slot() {
        assertThat(CallKey.nextGeneration(0)).isEqualTo(1);
        assertThat(CallKey.nextGeneration(LAST - 1)).isEqualTo(LAST);
        assertThat(CallKey.nextGeneration(LAST)).isEqualTo(1);
        assertThat(CallKey.of(0, 0, CallKey.nextGeneration(LAST), CallKey.CALL)).isNotEqualTo(CallSlot.VACANT);
    }
}
