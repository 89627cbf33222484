package io.flashcall.verification.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarantineRuleTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 24", "1, 48", "4, 384", "5, 720", "1000, 720"})
    void each_quarantine_of_a_number_is_twice_as_long_as_the_one_before_up_to_30_days(int before, long hours) {
        assertThat(QuarantineRule.DEFAULT.end(NOON, before)).isEqualTo(NOON.plus(Duration.ofHours(hours)));
    }

    @Test
    void it_takes_several_destinations() {
        assertThat(QuarantineRule.DEFAULT.isBroken(2)).isFalse();
        assertThat(QuarantineRule.DEFAULT.isBroken(3)).isTrue();
    }

    @Test
    void one_of_no_length_is_none() {
        assertThat(new QuarantineRule(1, Duration.ofHours(1), Duration.ZERO).isBroken(1000))
                .isFalse();
    }
}
