package io.flashcall.benchmarks.section;

import java.io.IOException;
import java.util.Map;

/// One question that a run answers.
public interface Section {

    /// What comes before its table.
    String title();

    /// Measures what the journal does not have yet; blocks for as long as that takes.
    void run(Bench bench, Extent extent) throws IOException, InterruptedException;

    /// What was measured, for people; empty where nothing was.
    String markdown(Bench bench);

    /// Pictures of it, by file name.
    default Map<String, String> plots(Bench bench) {
        return Map.of();
    }
}
