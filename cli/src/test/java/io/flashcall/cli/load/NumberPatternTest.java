package io.flashcall.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NumberPatternTest {

    @Test
    void each_x_is_a_digit_of_the_zero_padded_call_number_which_wraps() {
        var pattern = NumberPattern.parse("+120255501xx");
        assertThat(pattern.number(0)).isEqualTo("+12025550100");
        assertThat(pattern.number(7)).isEqualTo("+12025550107");
        assertThat(pattern.number(99)).isEqualTo("+12025550199");
        assertThat(pattern.number(100)).isEqualTo("+12025550100");
        assertThat(pattern.number(12_345)).isEqualTo("+12025550145");
        assertThat(pattern.count()).isEqualTo(100);
    }

    @Test
    void the_places_need_not_be_neighbours() {
        assertThat(NumberPattern.parse("+1202x5501x3").number(42)).isEqualTo("+12024550123");
    }

    @Test
    void without_x_all_calls_have_the_same_number() {
        assertThat(NumberPattern.parse("+12025550123").number(5)).isEqualTo("+12025550123");
        assertThat(NumberPattern.parse("+12025550123").count()).isEqualTo(1);
    }

    @Test
    void its_range_holds_all_numbers() {
        var range = NumberPattern.parse("+120255501xx").range();
        assertThat(range.first().digits()).isEqualTo("12025550100");
        assertThat(range.last().digits()).isEqualTo("12025550199");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1202x5501x3", "+1202555x123", "+12025550123"})
    void its_range_reaches_from_the_lowest_to_the_highest_wherever_the_places_stand(String text) {
        var range = NumberPattern.parse(text).range();
        assertThat("+" + range.first().digits()).isEqualTo(text.replace('x', '0'));
        assertThat("+" + range.last().digits()).isEqualTo(text.replace('x', '9'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "120255501xx", "+x2025550123", "+12025550yyy", "+1202555012345xxx", "+12xx"})
    void what_is_no_pattern_is_told_masked_with_what_was_expected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberPattern.parse(text))
                .withMessageContaining("where x counts");
    }
}
