package io.flashcall.benchmarks.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Journal;
import io.flashcall.benchmarks.journal.Measured;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CostSectionTest {

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        var rig = new Rig(folder, folder, "", folder, folder);
        bench = new Bench(rig, Journal.open(folder.resolve("figures.csv")), new PrintWriter(Writer.nullWriter()), 0);
    }

    @Test
    void the_median_of_each_side_stands_beside_its_range_and_the_other_sides() throws IOException {
        measured("flashcall", 10_000, 1, 30, true);
        measured("SIPp", 10_000, 1, 50, true);
        measured("floor", 10_000, 1, 25, true);
        measured("flashcall", 10_000, 2, 20, true);
        measured("flashcall", 10_000, 3, 90, true);
        assertThat(new CostSection().markdown(bench))
                .contains("| 10,000 | 0 ms | flashcall | 30.0 (20.0–90.0) | 0.60 | 1.20 | 30 % | 30 % |\n")
                .contains("| 10,000 | 0 ms | SIPp | 50.0 | 1.00 | 2.00 | 50 % | 30 % |\n");
    }

    @Test
    void a_rate_that_was_not_held_each_time_is_said_to_be_not_held() throws IOException {
        measured("SIPp", 20_000, 1, 60, false);
        measured("SIPp", 20_000, 2, 50, true);
        measured("flashcall", 20_000, 1, 15, true);
        assertThat(new CostSection().markdown(bench))
                .contains("| 20,000 | 0 ms | SIPp | not held |  |  |  | 30 % |\n")
                .contains("| 20,000 | 0 ms | flashcall | 15.0 |  |  | 30 % | 30 % |\n");
        assertThat(new CostSection().plots(bench).get("cost.svg"))
                .contains("flashcall")
                .doesNotContain("SIPp");
    }

    @Test
    void nothing_measured_is_nothing_told() {
        assertThat(new CostSection().markdown(bench)).isEmpty();
        assertThat(new CostSection().plots(bench)).isEmpty();
    }

    private void measured(String side, int rate, int round, double micros, boolean held) throws IOException {
        bench.journal()
                .add(
                        new Cell(CostSection.SECTION, side, rate, 0, round),
                        new Measured(Map.of(
                                CostSection.MICROS,
                                micros,
                                CostSection.HELD,
                                held ? 1.0 : 0.0,
                                CostSection.FAR_END,
                                0.3)));
    }
}
