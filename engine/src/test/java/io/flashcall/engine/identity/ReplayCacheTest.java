package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplayCacheTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final ReplayCache cache = new ReplayCache(3);

    @Test
    void the_same_identity_in_another_call_is_a_replay() {
        assertThat(isFirstUse(1, "a@x", NOW)).isTrue();
        assertThat(isFirstUse(1, "b@x", NOW)).isFalse();
        assertThat(isFirstUse(2, "b@x", NOW)).isTrue();
    }

    @Test
    void the_same_identity_in_the_same_call_is_a_retry() {
        assertThat(isFirstUse(1, "a@x", NOW)).isTrue();
        assertThat(isFirstUse(1, "a@x", NOW)).isTrue();
        assertThat(isFirstUse(1, "b@x", NOW)).isFalse();
    }

    @Test
    void the_other_good_s_of_the_same_signature_is_a_replay_too() {
        byte[] signature = signature(1);
        byte[] other = signature.clone();
        Arrays.fill(other, P256.COORDINATE_BYTES, P256.SIGNATURE_BYTES, (byte) 9);

        assertThat(cache.isFirstUse(new byte[] {1}, signature, "a@x", NOW, NOW.plusSeconds(60)))
                .isTrue();
        assertThat(cache.isFirstUse(new byte[] {1}, other, "b@x", NOW, NOW.plusSeconds(60)))
                .isFalse();
    }

    @Test
    void what_is_stale_is_forgotten() {
        for (int i = 0; i < 3; i++) {
            isFirstUse(i, "a@x", NOW);
        }
        assertThat(isFirstUse(4, "a@x", NOW.plusSeconds(61))).isTrue();
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void it_holds_no_more_than_it_may_and_forgets_the_oldest() {
        for (int i = 0; i < 10; i++) {
            assertThat(isFirstUse(i, "a@x", NOW)).isTrue();
            assertThat(cache.size()).isLessThanOrEqualTo(3);
        }
        assertThat(isFirstUse(9, "b@x", NOW)).as("one of the last").isFalse();
        assertThat(isFirstUse(0, "b@x", NOW)).as("one long forgotten").isTrue();
    }

    private boolean isFirstUse(int identity, String callId, Instant now) {
        return cache.isFirstUse(new byte[] {7}, signature(identity), callId, now, now.plusSeconds(60));
    }

    private static byte[] signature(int number) {
        byte[] signature = new byte[P256.SIGNATURE_BYTES];
        signature[0] = (byte) number;
        return signature;
    }
}
