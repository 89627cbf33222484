package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpiringKeysTest {

    private static final long LIFE = 32_000;

    @Test
    void a_key_is_held_for_its_life_and_no_longer() {
        var keys = new ExpiringKeys(LIFE, 64, 0);
        keys.add(7, 1_000);
        assertThat(keys.find(7, 1_000 + LIFE - 1)).isNotEqualTo(ExpiringKeys.ABSENT);
        assertThat(keys.find(7, 1_000 + LIFE)).isEqualTo(ExpiringKeys.ABSENT);
        assertThat(keys.size()).isZero();
    }

    @Test
    void a_key_that_was_never_added_is_absent() {
        var keys = new ExpiringKeys(LIFE, 64, 0);
        assertThat(keys.find(0, 0)).isEqualTo(ExpiringKeys.ABSENT);
        keys.add(0, 0);
        assertThat(keys.find(0, 0)).isNotEqualTo(ExpiringKeys.ABSENT);
        assertThat(keys.find(1, 0)).isEqualTo(ExpiringKeys.ABSENT);
    }

    @Test
    void beyond_its_bound_the_oldest_leave_early() {
        var keys = new ExpiringKeys(LIFE, 200, 0);
        for (int i = 0; i < 1_000; i++) {
            keys.add(i, i);
        }
        assertThat(keys.capacity()).as("200 rounded up").isEqualTo(256);
        assertThat(keys.size()).isEqualTo(256);
        assertThat(keys.find(1_000 - 257, 1_000)).isEqualTo(ExpiringKeys.ABSENT);
        assertThat(keys.find(1_000 - 256, 1_000)).isNotEqualTo(ExpiringKeys.ABSENT);
    }

    @Test
    void a_key_may_be_added_again_after_its_life() {
        var keys = new ExpiringKeys(LIFE, 64, 0);
        keys.add(7, 0);
        keys.add(7, LIFE);
        assertThat(keys.find(7, 2 * LIFE - 1)).isNotEqualTo(ExpiringKeys.ABSENT);
        assertThat(keys.size()).isEqualTo(1);
    }

    /// Against a map that is searched for the expired: small key ranges make long chains, bounds and lives make the
    /// ring wrap, grow and lose its oldest.
    @ParameterizedTest(name = "seed {0}, bound {1}, life {2}")
    @CsvSource({"1, 64, 50", "2, 64, 1000", "3, 1024, 700", "4, 8192, 100000", "5, 100, 97"})
    void it_does_what_a_plain_map_would_do(long seed, int most, long life) {
        var random = new Random(seed);
        var keys = new ExpiringKeys(life, most, 1);
        int bound = Math.max(64, Integer.highestOneBit(most - 1) << 1);
        var model = new LinkedHashMap<Long, Long>();
        long now = random.nextLong() >> 1;
        for (int step = 0; step < 50_000; step++) {
            now += random.nextInt(3);
            forget(model, now - life);
            long key = random.nextInt(3 * bound);
            if (step % 3 == 0) {
                key = key << 32;
            }
            assertThat(keys.find(key, now) != ExpiringKeys.ABSENT)
                    .as("seed %s, step %s: holds %s", seed, step, key)
                    .isEqualTo(model.containsKey(key));
            if (!model.containsKey(key) && random.nextInt(4) > 0) {
                int at = keys.add(key, now);
                keys.column(at, 0, ~key);
                if (model.size() == bound) {
                    model.remove(model.keySet().iterator().next());
                }
                model.put(key, now);
                assertThat(keys.find(key, now)).isEqualTo(at);
            }
            assertThat(keys.size()).as("seed %s, step %s", seed, step).isEqualTo(model.size());
        }
        for (long key : model.keySet()) {
            assertThat(keys.find(key, now)).isNotEqualTo(ExpiringKeys.ABSENT);
            assertThat(keys.column(keys.find(key, now), 0)).isEqualTo(~key);
        }
    }

    private static void forget(Map<Long, Long> model, long addedBefore) {
        var oldest = model.values().iterator();
        while (oldest.hasNext() && oldest.next() - addedBefore <= 0) {
            oldest.remove();
        }
    }
}
