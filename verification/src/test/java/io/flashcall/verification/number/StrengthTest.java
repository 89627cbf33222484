package io.flashcall.verification.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StrengthTest {

    @ParameterizedTest
    @CsvSource({
        "50, 5.6, 0.06, 0.266",
        "100, 6.6, 0.03, 0.141",
        "500, 9.0, 0.006, 0.030",
        "1000, 10.0, 0.003, 0.015",
        "10000, 13.3, 0.0003, 0.0015",
        "100000, 16.6, 0.00003, 0.00015",
        "1000000, 19.9, 0.000003, 0.000015",
    })
    void bits_and_chances_are_those_of_the_published_table(int distinct, double bits, double once, double fiveTimes) {
        var strength = new Strength(distinct);

        assertThat(strength.bits()).isCloseTo(bits, within(0.05));
        assertThat(strength.guessChance(3, 1)).isCloseTo(once, within(once / 1000));
        assertThat(1 - Math.pow(1 - strength.guessChance(3, 1), 5)).isCloseTo(fiveTimes, within(fiveTimes / 50));
    }

    @Test
    void the_chance_is_what_counting_every_way_to_guess_comes_to() {
        for (int distinct = 1; distinct <= 9; distinct++) {
            for (int checks = 0; checks <= distinct; checks++) {
                for (int codes = 1; codes <= distinct; codes++) {
                    assertThat(new Strength(distinct).guessChance(checks, codes))
                            .as("%d checks at %d of %d", checks, codes, distinct)
                            .isCloseTo(counted(distinct, checks, codes), within(1e-12));
                }
            }
        }
    }

    @Test
    void more_guesses_than_there_are_wrong_endings_are_a_certainty() {
        assertThat(new Strength(5).guessChance(3, 3)).isEqualTo(1);
        assertThat(new Strength(1).guessChance(1, 1)).isEqualTo(1);
        assertThat(new Strength(0).guessChance(1, 1)).isEqualTo(1);
        assertThat(new Strength(0).bits()).isZero();
    }

    @Test
    void what_is_needed_keeps_the_ceiling_and_one_less_does_not() {
        for (int checks = 1; checks <= 10; checks++) {
            for (int codes = 1; codes <= 10; codes++) {
                for (double most : new double[] {0.5, 0.1, 0.01, 0.001, 0.0001}) {
                    int needed = Strength.needed(checks, codes, most);

                    assertThat(new Strength(needed).keeps(checks, codes, most)).isTrue();
                    assertThat(new Strength(needed - 1).keeps(checks, codes, most))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void three_guesses_at_one_code_of_300_are_one_percent_whatever_doubles_make_of_it() {
        assertThat(new Strength(300).keeps(3, 1, 0.01)).isTrue();
        assertThat(Strength.needed(3, 1, 0.01)).isEqualTo(300);
        assertThat(Strength.needed(1, 1, 0.001)).isEqualTo(1000);
    }

    @Test
    void the_usual_policy_needs_some_900_endings() {
        assertThat(Strength.needed(3, 3, 0.01)).isBetween(890, 900);
    }

    @Test
    void a_ceiling_of_certainty_needs_nothing_and_one_of_nearly_nothing_more_than_there_is() {
        assertThat(Strength.needed(3, 3, 1)).isZero();
        assertThat(Strength.needed(3, 3, 1e-12)).isEqualTo(Integer.MAX_VALUE);
    }

    /// The share of all sets of guesses that hit one of the first `codes` endings.
    private static double counted(int distinct, int checks, int codes) {
        int all = 0;
        int hits = 0;
        for (int guesses = 0; guesses < 1 << distinct; guesses++) {
            if (Integer.bitCount(guesses) == checks) {
                all++;
                hits += (guesses & (1 << codes) - 1) != 0 ? 1 : 0;
            }
        }
        return (double) hits / all;
    }
}
