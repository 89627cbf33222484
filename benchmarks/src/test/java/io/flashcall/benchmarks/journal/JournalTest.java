package io.flashcall.benchmarks.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalTest {

    private static final Cell CELL = new Cell("cost", "SIPp", 10_000, 0, 1);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("figures.csv");
    }

    @Test
    void what_was_measured_is_there_when_the_run_goes_on() throws IOException {
        Journal.open(file).add(CELL, new Measured(Map.of("us_per_call", 41.25, "held", 1.0)));
        var again = Journal.open(file);
        assertThat(again.find(CELL)).contains(new Measured(Map.of("us_per_call", 41.25, "held", 1.0)));
        assertThat(again.find(new Cell("cost", "SIPp", 10_000, 0, 2))).isEmpty();
        again.add(new Cell("cost", "SIPp", 10_000, 0, 2), new Measured(Map.of("us_per_call", 43.0)));
        assertThat(Journal.open(file).values("cost", "SIPp", 10_000, 0, "us_per_call"))
                .containsExactly(41.25, 43.0);
    }

    @Test
    void each_figure_has_its_row() throws IOException {
        Journal.open(file).add(CELL, new Measured(Map.of("us_per_call", 41.25)));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "section,side,rate,ring_ms,round,figure,value", "cost,SIPp,10000,0,1,us_per_call,41.25");
    }

    @Test
    void a_name_that_could_not_be_read_again_is_refused() {
        assertThatThrownBy(() -> new Cell("cost", "SIPp, elsewhere", 10_000, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'SIPp, elsewhere'");
    }

    @Test
    void a_line_of_something_else_is_named() throws IOException {
        Files.writeString(file, "a,b\n");
        assertThatThrownBy(() -> Journal.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'a,b'");
    }

    @Test
    void several_values_have_a_median_and_a_range() {
        assertThat(Figures.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Figures.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
        assertThat(Figures.range(List.of(30.0, 20.0, 90.0), 1)).isEqualTo("30.0 (20.0–90.0)");
        assertThat(Figures.range(List.of(30.0), 1)).isEqualTo("30.0");
        assertThat(Figures.range(List.of(), 1)).isEmpty();
        assertThat(Figures.ratio(20, 50)).isEqualTo("0.40");
        assertThat(Figures.ratio(Double.NaN, 50)).isEmpty();
    }
}
