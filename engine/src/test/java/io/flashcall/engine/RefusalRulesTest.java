package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"300", "480", "699", "603+", "q850:0", "q850:21", "q850:127"})
    void a_status_a_cause_and_a_block_by_analytics_have_a_meaning(String key) {
        assertThatCode(() -> new RefusalRules(Map.of(key, RefusalMeaning.BUSY))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "200", "299", "700", "4xx", "401", "407", "608+", "q850:", "q850:128", "q850:021", "21"})
    void anything_else_is_named_and_so_is_what_was_expected(String key) {
        assertThatThrownBy(() -> new RefusalRules(Map.of(key, RefusalMeaning.BUSY)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("refusals." + key + ": ")
                .hasMessageContaining("other than 401 and 407");
    }
}
