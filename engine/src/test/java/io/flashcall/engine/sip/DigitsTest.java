package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DigitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "007", "12025550123", "442079460123", "999999999999999", "000000000000000"})
    void what_is_packed_comes_out_again(String digits) {
        long packed = Digits.pack(digits);
        byte[] out = new byte[20];
        assertThat(Digits.toText(packed)).isEqualTo(digits);
        assertThat(Digits.length(packed)).isEqualTo(digits.length());
        assertThat(Digits.write(packed, out, 3)).isEqualTo(3 + digits.length());
        assertThat(text(out, 3, digits.length())).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "442079460123, +442079460123, 442079460123, 02079460123",
        "12025550123,  +12025550123,  12025550123,  0012025550123",
        "44,           +44,           44,           0",
        "4,            +4,            4,            004",
        "445,          +445,          445,          05"
    })
    void a_number_is_written_as_the_trunk_wants_it(String digits, String plus, String e164, String national) {
        assertThat(written(NumberFormat.plusE164(), digits)).isEqualTo(plus);
        assertThat(written(NumberFormat.e164(), digits)).isEqualTo(e164);
        assertThat(written(NumberFormat.national("44", "0", "00"), digits)).isEqualTo(national);
    }

    private static String written(NumberFormat format, String digits) {
        byte[] out = new byte[format.maxLength()];
        return text(out, 0, format.write(Digits.pack(digits), out, 0));
    }

    private static String text(byte[] out, int from, int length) {
        return new String(out, from, length, StandardCharsets.US_ASCII);
    }
}
