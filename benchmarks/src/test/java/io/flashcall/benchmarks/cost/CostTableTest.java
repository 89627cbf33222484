package io.flashcall.benchmarks.cost;

import static io.flashcall.benchmarks.cost.Side.ENGINE;
import static io.flashcall.benchmarks.cost.Side.FLOOR;
import static io.flashcall.benchmarks.cost.Side.SIPP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CostTableTest {

    private final CostTable table = new CostTable(List.of(
            new Cost(ENGINE, 10_000, 30, 0.30, true),
            new Cost(SIPP, 10_000, 50, 0.31, true),
            new Cost(FLOOR, 10_000, 25, 0.32, true),
            new Cost(ENGINE, 10_000, 20, 0.33, true),
            new Cost(ENGINE, 10_000, 90, 0.34, true),
            new Cost(SIPP, 20_000, 60, 0.60, false),
            new Cost(SIPP, 20_000, 50, 0.61, true)));

    @Test
    void the_median_of_each_side_stands_beside_its_range_and_the_other_sides() {
        assertThat(table.markdown())
                .contains("| 10,000 | flashcall | 30.0 (20.0–90.0) | 0.60 | 1.20 | 34 % |\n")
                .contains("| 10,000 | SIPp | 50.0 (50.0–50.0) | 1.00 | 2.00 | 31 % |\n");
    }

    @Test
    void a_rate_that_was_not_held_each_time_is_said_to_be_not_held() {
        assertThat(table.markdown()).contains("| 20,000 | SIPp | not held | | | 61 % |\n");
        assertThat(table.median(SIPP, 20_000)).isEmpty();
    }

    @Test
    void each_measurement_has_its_row() {
        assertThat(table.csv())
                .startsWith("side,rate,cpu_us_per_call,far_end_share,held\nflashcall,10000,30.00,0.300,true\n")
                .contains("SIPp,20000,60.00,0.600,false\n");
        assertThat(table.csv().lines()).hasSize(8);
    }
}
