package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.pricing.SheetRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `prices`, and the sheets that it names.
///
/// @param directory   that sheets are relative to
/// @param environment variables of their values
record PricesReader(Path directory, Environment environment) {

    private static final String SHEETS = "sheets";
    private static final String NONE = "none";
    private static final int MOST_PROBLEMS = 50;
    private static final Kind<Optional<ChannelName>> COMPARE_WITH = Kind.of(
            "a channel's name, 1 to 32 of a-z 0-9 _, or none",
            text -> text.equals(NONE) ? Optional.empty() : Optional.of(new ChannelName(text)));

    Prices read(Section section) {
        var compareWith = section.value("compare_with", COMPARE_WITH, Prices.NONE.compareWith());
        var names = section.list(SHEETS, Kind.TEXT);
        var rows = new ArrayList<SheetRow>();
        names.forEach(name -> rows.addAll(sheet(section, name)));
        if (section.faultyBelow(SHEETS)) {
            return new Prices(names, List.of(), compareWith);
        }
        var problems = collisions(rows);
        tell(section, problems);
        return new Prices(names, problems.isEmpty() ? rows : List.of(), compareWith);
    }

    private List<SheetRow> sheet(Section section, String name) {
        var report = new Report(name);
        var rows = SheetReader.read(directory.resolve(name), environment, report);
        if (!report.isEmpty()) {
            tell(
                    section,
                    report.exception().problems().stream()
                            .map(problem -> name + (problem.line() > 0 ? " line " + problem.line() : "") + ": "
                                    + problem.key() + ": " + problem.text())
                            .toList());
        }
        return rows;
    }

    /// Rows that would hold at once, and prices that a month's first attempts do not have.
    private static List<String> collisions(List<SheetRow> rows) {
        var problems = new ArrayList<String>();
        var seen = new LinkedHashMap<Key, Map<Long, SheetRow>>();
        for (var row : rows) {
            var tiers = seen.computeIfAbsent(Key.of(row), _ -> new LinkedHashMap<>());
            var first = tiers.putIfAbsent(row.fromAttempt(), row);
            if (first != null) {
                problems.add(row.rate().name() + ": " + row.prefix() + " " + row.route() + " has a price in "
                        + first.rate().name() + " for the same time and volume (expected: one)");
            }
        }
        for (var tiers : seen.values()) {
            if (!tiers.containsKey(1L)) {
                var row = tiers.values().iterator().next();
                problems.add(row.rate().name() + ": from_attempt: " + row.fromAttempt()
                        + " (expected: also a row of the same prefix, route and valid_from for the first attempts)");
            }
        }
        return problems;
    }

    private record Key(String prefix, String route, Instant validFrom) {

        static Key of(SheetRow row) {
            return new Key(row.prefix(), row.route(), row.validFrom());
        }
    }

    private static void tell(Section section, List<String> problems) {
        problems.stream().limit(MOST_PROBLEMS).forEach(problem -> section.tellOf(SHEETS, problem));
        if (problems.size() > MOST_PROBLEMS) {
            section.tellOf(SHEETS, problems.size() - MOST_PROBLEMS + " more problems");
        }
    }
}
