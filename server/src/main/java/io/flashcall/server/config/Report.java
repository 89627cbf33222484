package io.flashcall.server.config;

import io.flashcall.server.config.ConfigFileException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Every problem of one file.
final class Report {

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> faulty = new HashSet<>();

    Report(String file) {
        this.file = file;
    }

    /// @param line  0 when the problem has none
    /// @param path  of the key, such as `trunks.carrier-a.calls_per_second`
    /// @param value already masked
    void add(int line, String path, String value, String expected) {
        add(line, path, value + " (expected: " + expected + ")");
    }

    void add(int line, String path, String text) {
        faulty.add(path);
        problems.add(new Problem(line, Masking.mask(path), text));
    }

    /// Whether there is a problem with this very key.
    boolean faulty(String path) {
        return faulty.contains(path);
    }

    /// Whether there is a problem with this key or anything below it.
    boolean faultyBelow(String path) {
        return faulty.stream()
                .anyMatch(other -> other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "["));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /// @throws ConfigFileException with all that was added, by line
    ConfigFileException exception() {
        var sorted =
                problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
        var lines = sorted.stream().map(Report::text).collect(Collectors.joining("\n"));
        return new ConfigFileException(
                file + ": " + problems.size() + (problems.size() == 1 ? " problem\n" : " problems\n") + lines, sorted);
    }

    private static String text(Problem problem) {
        return "  " + (problem.line() > 0 ? "line " + problem.line() + ": " : "") + problem.key() + ": "
                + problem.text();
    }
}
