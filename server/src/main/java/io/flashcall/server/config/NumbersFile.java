package io.flashcall.server.config;

import io.flashcall.engine.CallerIds.Range;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads a pool's numbers from CSV: a number or a range in each line. A first line with the name `number` or `range`
/// says in which column they stand; without one it is the first. `#` begins a comment.
///
/// @param section that names the file, and hears of its problems
/// @param key     whose value does
record NumbersFile(Section section, String key) {

    private static final int MOST_PROBLEMS = 20;

    /// Empty when there is a problem.
    List<Range> read(Path file) {
        var lines = lines(file);
        var ranges = new ArrayList<Range>();
        List<Integer> columns = List.of();
        int problems = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            var cells = cells(line);
            if (columns.isEmpty()) {
                columns = columns(cells);
                if (!columns.isEmpty()) {
                    continue;
                }
                columns = List.of(0);
            }
            var value = value(cells, columns);
            try {
                ranges.add(Kind.CALLER_IDS.parser().apply(value));
            } catch (IllegalArgumentException e) {
                if (++problems <= MOST_PROBLEMS) {
                    section.tellOf(
                            key,
                            file.getFileName() + " line " + (i + 1) + ": "
                                    + Kind.CALLER_IDS.mask().apply(value) + " (expected: "
                                    + Kind.CALLER_IDS.expected() + ")");
                }
            }
        }
        if (problems > MOST_PROBLEMS) {
            section.tellOf(key, file.getFileName() + ": " + (problems - MOST_PROBLEMS) + " more problems of this kind");
        }
        return problems == 0 ? ranges : List.of();
    }

    private List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            section.tellOf(key, file + ": not found (expected: a CSV file, its path relative to this file)");
        } catch (CharacterCodingException e) {
            section.tellOf(key, file + ": not UTF-8 (expected: a CSV file in UTF-8)");
        } catch (IOException e) {
            section.tellOf(key, file + ": cannot be read, " + e.getMessage() + " (expected: a CSV file)");
        }
        return List.of();
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.split("[,;\t]", -1)) {
            cells.add(cell.strip().replaceFirst("^\"(.*)\"$", "$1"));
        }
        return cells;
    }

    /// The columns that a first line names; none when it names none.
    private static List<Integer> columns(List<String> cells) {
        var columns = new ArrayList<Integer>();
        for (int i = 0; i < cells.size(); i++) {
            var name = cells.get(i).toLowerCase(Locale.ROOT);
            if (name.equals("number") || name.equals("range")) {
                columns.add(i);
            }
        }
        return columns;
    }

    private static String value(List<String> cells, List<Integer> columns) {
        for (int column : columns) {
            if (column < cells.size() && !cells.get(column).isEmpty()) {
                return cells.get(column);
            }
        }
        return "";
    }
}
