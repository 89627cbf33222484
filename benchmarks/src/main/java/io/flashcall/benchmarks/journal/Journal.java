package io.flashcall.benchmarks.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a run has measured, in a CSV file with a row for each figure, written as soon as it is known: a
/// run that was cut off goes on where it stopped.
public final class Journal {

    private static final String TITLE = "section,side,rate,ring_ms,round,figure,value";

    private final Path file;
    private final Map<Cell, Map<String, Double>> all = new LinkedHashMap<>();

    private Journal(Path file) {
        this.file = file;
    }

    /// Reads what is there, or begins a new one.
    ///
    /// @throws IOException naming the line that is none of ours
    public static Journal open(Path file) throws IOException {
        var journal = new Journal(file);
        if (!Files.exists(file)) {
            Files.writeString(file, TITLE + "\n");
            return journal;
        }
        for (String line : Files.readAllLines(file)) {
            if (!line.equals(TITLE)) {
                journal.read(line);
            }
        }
        return journal;
    }

    private void read(String line) throws IOException {
        String[] fields = line.split(",", -1);
        try {
            var cell = new Cell(
                    fields[0],
                    fields[1],
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[4]));
            all.computeIfAbsent(cell, _ -> new LinkedHashMap<>()).put(fields[5], Double.valueOf(fields[6]));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(file + ": '" + line + "' (expected: " + TITLE + ")", e);
        }
    }

    /// Writes the figures of a cell down.
    public void add(Cell cell, Measured measured) throws IOException {
        var figures = measured.all();
        var rows = new StringBuilder();
        figures.forEach((figure, value) -> rows.append(String.join(
                        ",",
                        cell.section(),
                        cell.side(),
                        Integer.toString(cell.rate()),
                        Integer.toString(cell.ringMillis()),
                        Integer.toString(cell.round()),
                        figure,
                        Figures.plain(value)))
                .append('\n'));
        Files.writeString(file, rows, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        all.put(cell, figures);
    }

    /// What was measured of a cell.
    public Optional<Measured> find(Cell cell) {
        return Optional.ofNullable(all.get(cell)).map(Measured::new);
    }

    /// Each value of a figure, over all rounds, in their order.
    public List<Double> values(String section, String side, int rate, int ringMillis, String figure) {
        return all.entrySet().stream()
                .filter(entry -> {
                    var cell = entry.getKey();
                    return cell.section().equals(section)
                            && cell.side().equals(side)
                            && cell.rate() == rate
                            && cell.ringMillis() == ringMillis
                            && cell.round() > 0;
                })
                .map(entry -> entry.getValue().get(figure))
                .filter(value -> value != null)
                .toList();
    }

    /// The cells of a section.
    public List<Cell> cells(String section) {
        return all.keySet().stream()
                .filter(cell -> cell.section().equals(section))
                .toList();
    }
}
