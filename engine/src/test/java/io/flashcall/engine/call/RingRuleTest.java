package io.flashcall.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Also183;
import io.flashcall.engine.RingPolicy.EarlyMedia;
import io.flashcall.engine.RingPolicy.Only180;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RingRuleTest {

    @ParameterizedTest(name = "{0}: 180 only {1}, 180-or-183 {2}, 183-after-800ms {3}")
    @CsvSource({
        "100, never, never, never",
        "180,     0,     0,     0",
        "181, never, never, never",
        "182, never, never, never",
        "183, never,     0,   800",
        "199, never, never, never"
    })
    void a_provisional_rings_after(int status, String only180, String also183, String after183) {
        assertThat(new RingRule(new Only180()).ringsAfter(status, RingSign.NONE))
                .isEqualTo(nanos(only180));
        assertThat(new RingRule(new Also183()).ringsAfter(status, RingSign.NONE))
                .isEqualTo(nanos(also183));
        assertThat(new RingRule(new After183(Duration.ofMillis(800))).ringsAfter(status, RingSign.NONE))
                .isEqualTo(nanos(after183));
    }

    @Test
    void only_180_and_183_ever_ring() {
        var mostGenerous = new RingRule(new Also183());
        for (int status = 100; status < 200; status++) {
            assertThat(mostGenerous.ringsAfter(status, RingSign.NONE) == 0)
                    .as("%s rings", status)
                    .isEqualTo(status == 180 || status == 183);
        }
    }

    @ParameterizedTest(name = "183 that is {0}: early-media {1}, 180-or-183 {2}, 183-after-800ms {3}, 180 never")
    @CsvSource({"NONE, never, 0, 800", "AUDIBLE, 0, 0, 800", "SILENT, never, never, never"})
    void what_a_183_says_besides_counts(RingSign sign, String earlyMedia, String also183, String after183) {
        assertThat(new RingRule(new EarlyMedia()).ringsAfter(183, sign)).isEqualTo(nanos(earlyMedia));
        assertThat(new RingRule(new Also183()).ringsAfter(183, sign)).isEqualTo(nanos(also183));
        assertThat(new RingRule(new After183(Duration.ofMillis(800))).ringsAfter(183, sign))
                .isEqualTo(nanos(after183));
        assertThat(new RingRule(new Only180()).ringsAfter(183, sign)).isEqualTo(RingRule.NEVER);
    }

    @ParameterizedTest
    @EnumSource
    void a_180_rings_whatever_else_it_says(RingSign sign) {
        assertThat(new RingRule(new EarlyMedia()).ringsAfter(180, sign)).isZero();
        assertThat(new RingRule(new Only180()).ringsAfter(180, sign)).isZero();
    }

    private static long nanos(String millis) {
        return millis.equals("never")
                ? RingRule.NEVER
                : Duration.ofMillis(Long.parseLong(millis)).toNanos();
    }
}
