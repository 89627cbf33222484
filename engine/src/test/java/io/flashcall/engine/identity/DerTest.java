package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DerTest {

    @Test
    void values_are_read_one_after_the_other() {
        var sequence = new Der(HexFormat.of().parseHex("3008020105" + "16034a4b4c")).enter(Der.SEQUENCE);

        assertThat(sequence.enter(Der.INTEGER).bytes()).containsExactly(5);
        assertThat(sequence.next()).isEqualTo(Der.IA5_STRING);
        assertThat(sequence.enter(Der.IA5_STRING).bytes()).containsExactly('J', 'K', 'L');
        assertThat(sequence.isAtEnd()).isTrue();
        assertThat(sequence.next()).isEqualTo(-1);
    }

    @Test
    void a_length_may_take_one_or_two_bytes_of_its_own() {
        byte[] longer = Arrays.copyOf(HexFormat.of().parseHex("04820100"), 260);
        byte[] shorter = Arrays.copyOf(HexFormat.of().parseHex("0481c8"), 203);

        assertThat(new Der(longer).enter(Der.OCTET_STRING).bytes()).hasSize(256);
        assertThat(new Der(shorter).enter(Der.OCTET_STRING).bytes()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "30", "3001", "3081", "308200", "3080", "308300000100", "3084ffffffff", "3082ffff00", "0400"
            })
    void what_does_not_end_within_its_bytes_is_refused(String hex) {
        assertThatThrownBy(() -> new Der(HexFormat.of().parseHex(hex)).enter(Der.SEQUENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DER");
    }

    @Test
    void nothing_is_not_stepped_over() {
        assertThatThrownBy(() -> new Der(new byte[0]).skip()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rubbish_never_fails_in_another_way() {
        var random = new Random(8226);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            try {
                var values = new Der(bytes);
                while (!values.isAtEnd()) {
                    values.skip();
                }
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }
}
