package io.flashcall.verification.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Price;
import io.flashcall.verification.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an attempt costs, as a table.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CostTableTest {

    @ParameterizedTest(name = "{0} {1} answered for {2} ms: {3}")
    @CsvSource({
        // Nobody answered.
        "0.06 EUR,        1/1,   0,      0",
        "0.06 EUR,        60/60, 0,      0",
        // By the second: begun ones count.
        "0.06 EUR,        1/1,   1,      0.001",
        "0.06 EUR,        1/1,   1000,   0.001",
        "0.06 EUR,        1/1,   1001,   0.002",
        "0.06 EUR,        1/1,   60000,  0.06",
        // Blocks of six seconds.
        "0.06 EUR,        6/6,   1,      0.006",
        "0.06 EUR,        6/6,   6000,   0.006",
        "0.06 EUR,        6/6,   6001,   0.012",
        "0.06 EUR,        6/6,   12001,  0.018",
        // A minute first, then seconds.
        "0.06 EUR,        60/1,  1,      0.06",
        "0.06 EUR,        60/1,  60000,  0.06",
        "0.06 EUR,        60/1,  60001,  0.061",
        "0.06 EUR,        60/1,  75500,  0.076",
        // Minutes.
        "0.06 EUR,        60/60, 1,      0.06",
        "0.06 EUR,        60/60, 60000,  0.06",
        "0.06 EUR,        60/60, 60001,  0.12",
        // Half a minute first, then six seconds.
        "0.06 EUR,        30/6,  1,      0.03",
        "0.06 EUR,        30/6,  30000,  0.03",
        "0.06 EUR,        30/6,  30001,  0.036",
        "0.06 EUR,        30/6,  36001,  0.042",
        // The eighth digit is rounded half up: 0.005, 0.00499…, and thirds.
        "0.00000003 EUR,  10/10, 1,      0.00000001",
        "0.00000001 EUR,  29/29, 1,      0",
        "0.00000001 EUR,  30/30, 1,      0.00000001",
        "0.000000015 EUR, 20/20, 1,      0.00000001",
        "0.00000005 EUR,  20/20, 1,      0.00000002",
        "1 EUR,           1/1,   1000,   0.01666667",
        "1 EUR,           7/7,   7000,   0.11666667",
        // Currencies without, and with three digits after the point.
        "12 JPY,          60/60, 61000,  24",
        "1 JPY,           1/1,   1000,   0.01666667",
        "0.006 KWD,       6/6,   7000,   0.0012"
    })
    void a_call_is_billed_by_begun_blocks(String price, String increment, long millis, BigDecimal cost) {
        assertThat(cost(price, increment, call(Verdict.DELIVERED, millis)))
                .isEqualByComparingTo(cost)
                .matches(amount -> amount.scale() == Rate.SCALE);
    }

    @ParameterizedTest(name = "{0} by {1}, {2}, {3} parts: {4}")
    @CsvSource({
        "0.004 EUR,  attempt, DELIVERED,    1, 0.004",
        "0.004 EUR,  attempt, NEXT_CHANNEL, 1, 0.004",
        "0.004 EUR,  reached, DELIVERED,    1, 0.004",
        "0.004 EUR,  reached, PERHAPS,      1, 0.004",
        "0.004 EUR,  reached, NEXT_ROUTE,   1, 0",
        "0.004 EUR,  reached, NEXT_CHANNEL, 1, 0",
        "0.004 EUR,  reached, DELIVERED,    3, 0.004",
        "0.0417 EUR, part,    DELIVERED,    1, 0.0417",
        "0.0417 EUR, part,    DELIVERED,    3, 0.1251",
        "0.0417 EUR, part,    PERHAPS,      2, 0.0834",
        "0.0417 EUR, part,    NEXT_CHANNEL, 3, 0",
        "5 JPY,      part,    DELIVERED,    2, 10",
        "0 EUR,      part,    DELIVERED,    2, 0"
    })
    void an_attempt_is_billed_by_what_became_of_it(
            String price, String increment, Verdict verdict, int parts, BigDecimal cost) {
        var result = new AttemptResult(verdict, "any", "", false, Usage.ofParts(parts));
        assertThat(cost(price, increment, result)).isEqualByComparingTo(cost);
    }

    @ParameterizedTest(name = "{0} {1}: usually {2}, at most {3}")
    @CsvSource({
        "0.004 EUR, attempt, 0.004, 0.004",
        "0.004 EUR, reached, 0.004, 0.004",
        "0.004 EUR, part,    0.004, 0.008",
        "0.06 EUR,  1/1,     0.001, 0.06",
        "0.06 EUR,  60/60,   0.06,  0.06",
        "0.06 EUR,  30/45,   0.03,  0.075",
        "0.06 EUR,  90/1,    0.09,  0.09"
    })
    void what_is_set_aside_is_the_most_that_is_likely(
            String price, String increment, BigDecimal usual, BigDecimal most) {
        var rate = new Rate(Price.parse(price), Increment.parse(increment), "test");
        assertThat(rate.usual().amount()).isEqualByComparingTo(usual);
        assertThat(rate.ceiling().amount()).isEqualByComparingTo(most);
    }

    /// However many are added up as whole numbers of 10^-8, it is what their exact amounts come to.
    @Test
    void a_sum_of_costs_in_whole_numbers_is_their_sum_in_decimals() {
        long seed = RandomGenerator.getDefault().nextLong();
        var random = new Random(seed);
        var increments = new String[] {"1/1", "6/6", "60/1", "60/60", "30/6", "part", "reached"};
        long units = 0;
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 10_000; i++) {
            var price = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(9));
            var increment = Increment.parse(increments[random.nextInt(increments.length)]);
            var result = new AttemptResult(
                    Verdict.DELIVERED,
                    "any",
                    "",
                    true,
                    new Usage(1 + random.nextInt(4), Duration.ofMillis(random.nextInt(200_000))));
            var cost = new Rate(new Price(price, "EUR"), increment, "test")
                    .cost(result)
                    .amount();
            var exact = price.multiply(BigDecimal.valueOf(increment.quantity(result)))
                    .divide(BigDecimal.valueOf(increment.per()), 30, RoundingMode.HALF_EVEN);
            assertThat(cost.subtract(exact).abs())
                    .as("seed " + seed + ": " + price + " " + increment + " " + result.usage())
                    .isLessThanOrEqualTo(new BigDecimal("0.000000005"));
            units = Math.addExact(units, cost.unscaledValue().longValueExact());
            sum = sum.add(cost);
        }
        assertThat(BigDecimal.valueOf(units, Rate.SCALE)).as("seed " + seed).isEqualByComparingTo(sum);
    }

    private static AttemptResult call(Verdict verdict, long millis) {
        return new AttemptResult(verdict, "any", "", false, new Usage(1, Duration.ofMillis(millis)));
    }

    private static BigDecimal cost(String price, String increment, AttemptResult result) {
        return new Rate(Price.parse(price), Increment.parse(increment), "test")
                .cost(result)
                .amount();
    }
}
