package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.journal.Cell;
import io.flashcall.benchmarks.journal.Journal;
import io.flashcall.benchmarks.journal.Measured;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// What sections work with.
///
/// @param progress told of each figure as it comes
/// @param ceiling  calls a second to go by where the journal knows no ceiling of the engine's; 0 for none
public record Bench(Rig rig, Journal journal, PrintWriter progress, int ceiling) {

    /// Measures one cell.
    public interface Measurement {
        Map<String, Double> measure() throws IOException, InterruptedException;
    }

    /// What the journal has of a cell, or else what is measured now.
    Measured once(Cell cell, Measurement measurement) throws IOException, InterruptedException {
        var known = journal.find(cell);
        if (known.isPresent()) {
            return known.get();
        }
        var figures = new Measured(measurement.measure());
        journal.add(cell, figures);
        say(cell + ": " + figures);
        return figures;
    }

    void say(String line) {
        progress.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + line);
        progress.flush();
    }
}
