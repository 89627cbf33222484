package io.flashcall.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void ten_tries_are_made_in_about_three_days() {
        var random = new Random(7);
        var usual = List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");

        for (int failures = 1; failures <= usual.size(); failures++) {
            var pause = Duration.parse(usual.get(failures - 1));
            assertThat(RetrySchedule.STANDARD.pauseAfter(failures, random).orElseThrow())
                    .as("after %d failures", failures)
                    .isBetween(
                            pause.multipliedBy(8).dividedBy(10),
                            pause.multipliedBy(12).dividedBy(10));
        }
        assertThat(RetrySchedule.STANDARD.pauseAfter(10, random)).isEmpty();
    }

    @Test
    void what_failed_together_does_not_come_back_together() {
        var random = new Random(7);

        assertThat(RetrySchedule.STANDARD.pauseAfter(1, random))
                .isNotEqualTo(RetrySchedule.STANDARD.pauseAfter(1, random));
    }

    @Test
    void a_receiver_may_ask_for_seconds_or_name_a_date() {
        assertThat(RetryAfter.read("120", NOON)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.read(" 0 ", NOON)).contains(Duration.ZERO);
        assertThat(RetryAfter.read("Sun, 01 Mar 2026 12:10:00 GMT", NOON)).contains(Duration.ofMinutes(10));
        assertThat(RetryAfter.read("Sun, 01 Mar 2026 11:00:00 GMT", NOON)).contains(Duration.ZERO);
    }

    @Test
    void no_receiver_holds_us_off_for_more_than_an_hour() {
        assertThat(RetryAfter.read("86400", NOON)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.read("Mon, 02 Mar 2026 12:00:00 GMT", NOON)).contains(Duration.ofHours(1));
    }

    @Test
    void what_cannot_be_read_is_ignored() {
        assertThat(RetryAfter.read("soon", NOON)).isEmpty();
        assertThat(RetryAfter.read("-5", NOON)).isEmpty();
        assertThat(RetryAfter.read("99999999999999", NOON)).isEmpty();
    }
}
