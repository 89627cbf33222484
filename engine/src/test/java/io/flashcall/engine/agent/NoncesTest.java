package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NoncesTest {

    private static final int THREADS = 8;
    private static final int EACH = 20_000;

    @Test
    void no_two_threads_ever_get_the_same_number() throws InterruptedException {
        var nonces = new Nonces();
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < EACH; n++) {
                    seen.add(nonces.next());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(THREADS * EACH);
    }

    @Test
    void two_engines_have_nothing_in_common() {
        var one = new Nonces();
        var other = new Nonces();
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        for (int n = 0; n < EACH; n++) {
            seen.add(one.next());
            seen.add(other.next());
        }
        assertThat(seen).hasSize(2 * EACH);
    }

    /// A fair bit is set in half of the numbers, give or take: 1,000 are 14 standard deviations.
    @Test
    void every_bit_is_as_often_set_as_not() {
        var nonces = new Nonces();
        int[] set = new int[Long.SIZE];
        for (int n = 0; n < EACH; n++) {
            long value = nonces.next();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                set[bit] += (int) (value >>> bit & 1);
            }
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(set[bit]).as("bit %s", bit).isBetween(EACH / 2 - 1_000, EACH / 2 + 1_000);
        }
    }
}
