package io.flashcall.engine.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HexTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x0123_4567, 0x89ab_cdefL, 0xffff_ffffL, 0xa0b0_c0d0L})
    void eight_digits_are_read_in_either_case(long number) {
        byte[] lower = "x%08x".formatted(number).getBytes(ISO_8859_1);
        byte[] upper = "x%08X".formatted(number).getBytes(ISO_8859_1);
        assertThat(Hex.isHex(lower, 1)).isTrue();
        assertThat(Hex.isHex(upper, 1)).isTrue();
        assertThat(Hex.read(lower, 1)).isEqualTo(number);
        assertThat(Hex.read(upper, 1)).isEqualTo(number);
    }

    @Test
    void every_byte_in_every_place_is_judged_as_the_jdk_judges_it() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "09afAF5c".getBytes(ISO_8859_1);
                text[place] = (byte) value;
                assertThat(Hex.isHex(text, 0))
                        .as("byte %s in place %s", value, place)
                        .isEqualTo(value < 128 && Character.digit(value, 16) >= 0);
            }
        }
    }

    @Test
    void random_bytes_are_judged_as_the_jdk_judges_them() {
        var random = new Random(6);
        String likely = "0123456789abcdefABCDEFgG@`/:\u00c1\u00b0";
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            boolean hex = true;
            for (int place = 0; place < 8; place++) {
                char c = likely.charAt(random.nextInt(random.nextInt(10) == 0 ? likely.length() : 22));
                text.append(c);
                hex &= c < 128 && Character.digit(c, 16) >= 0;
            }
            byte[] bytes = text.toString().getBytes(ISO_8859_1);
            assertThat(Hex.isHex(bytes, 0)).as("%s", text).isEqualTo(hex);
        }
    }
}
