package io.flashcall.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrendTest {

    private static final int POINTS = 180;

    private final double[] at =
            IntStream.range(0, POINTS).mapToDouble(i -> 10.0 * i).toArray();

    @Test
    void a_straight_line_has_its_slope_and_no_doubt() {
        var trend = Trend.of(
                at, IntStream.range(0, POINTS).mapToDouble(i -> 5 + 20.0 * i).toArray());
        assertThat(trend.slope()).isCloseTo(2, within(1e-9));
        assertThat(trend.halfWidth()).isCloseTo(0, within(1e-9));
        assertThat(trend.mean()).isCloseTo(5 + 20.0 * (POINTS - 1) / 2, within(1e-6));
    }

    @Test
    void noise_alone_does_not_grow_in_nineteen_of_twenty_cases() {
        var random = new Random(6);
        long grows = IntStream.range(0, 400)
                .filter(_ -> {
                    var trend = Trend.of(
                            at,
                            IntStream.range(0, POINTS)
                                    .mapToDouble(_ -> random.nextGaussian())
                                    .toArray());
                    return Math.abs(trend.slope()) > trend.halfWidth();
                })
                .count();
        assertThat(grows).isBetween(5L, 35L);
    }

    @Test
    void two_points_are_too_few() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trend.of(new double[] {1, 2}, new double[] {1, 2}))
                .withMessage("2 places, 2 values (expected: as many, three or more)");
    }
}
