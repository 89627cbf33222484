package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What looks at eight bytes at a time, beside what looks at one.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsciiTest {

    private static final int ROUNDS = 20_000;

    private final Random random = new Random(6);

    @Test
    void the_first_byte_below_a_limit_is_found_wherever_it_stands() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] in = bytes();
            int from = random.nextInt(in.length + 1);
            int end = from + random.nextInt(in.length - from + 1);
            int limit = 1 + random.nextInt(128);
            int expected = from;
            while (expected < end && (in[expected] & 0xff) >= limit) {
                expected++;
            }
            assertThat(Ascii.skipNotBelow(in, from, end, limit)).isEqualTo(expected);
        }
    }

    @Test
    void a_byte_is_found_wherever_it_stands() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] in = bytes();
            int from = random.nextInt(in.length + 1);
            int end = from + random.nextInt(in.length - from + 1);
            char wanted = (char) random.nextInt(128);
            int expected = from;
            while (expected < end && in[expected] != wanted) {
                expected++;
            }
            assertThat(Ascii.find(in, from, end, wanted)).isEqualTo(expected);
        }
    }

    /// Few different values, so that there is something to find.
    private byte[] bytes() {
        byte[] in = new byte[random.nextInt(40)];
        int values = 1 + random.nextInt(256);
        for (int i = 0; i < in.length; i++) {
            in[i] = (byte) random.nextInt(values);
        }
        return in;
    }
}
