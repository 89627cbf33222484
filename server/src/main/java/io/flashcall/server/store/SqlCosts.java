package io.flashcall.server.store;

import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Costs;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Costs over SQL.
final class SqlCosts implements Costs {

    /// An app's sessions stand in the order of their starts.
    private static final String OF_APP = " AND s.app = ? AND s.id >= ? AND s.id < ?";

    /// No attempt begins that long after its session.
    private static final Duration LONGEST_SESSION = Duration.ofHours(2);

    private final Database database;

    SqlCosts(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> rows(Query query) {
        return database.report("read costs", sql -> {
            var values = new ArrayList<Object>(List.of(query.from(), query.to()));
            query.app()
                    .ifPresent(app -> values.addAll(List.of(
                            app.value(),
                            SessionId.from(query.from().minus(LONGEST_SESSION)),
                            SessionId.from(query.to()))));
            try (var rows = sql.query(text(query), values.toArray())) {
                return read(rows, query.by());
            }
        });
    }

    static String text(Query query) {
        var groups = groupings(query.by()).stream()
                .map(grouping -> expression(grouping) + ", ")
                .collect(Collectors.joining());
        var ofApp = query.app().isPresent() ? OF_APP : "";
        return "SELECT " + groups + CostSums.COLUMNS
                + " FROM attempts a JOIN sessions s ON s.id = a.session_id WHERE a.began_at >= ? AND a.began_at < ?"
                + ofApp + " GROUP BY " + groups + CostSums.GROUPS + " ORDER BY " + groups + CostSums.GROUPS;
    }

    private static List<Row> read(Rows rows, Set<Grouping> by) throws SQLException {
        var all = new LinkedHashMap<Map<Grouping, String>, CostSums>();
        while (rows.next()) {
            var group = new EnumMap<Grouping, String>(Grouping.class);
            for (var grouping : groupings(by)) {
                group.put(grouping, grouping == Grouping.DAY ? day(rows.number()) : rows.text());
            }
            all.computeIfAbsent(group, _ -> new CostSums()).read(rows);
        }
        return all.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey(),
                        entry.getValue().counts(),
                        entry.getValue().money()))
                .toList();
    }

    /// Always in the same order.
    private static List<Grouping> groupings(Set<Grouping> by) {
        return Arrays.stream(Grouping.values()).filter(by::contains).toList();
    }

    private static String expression(Grouping grouping) {
        return switch (grouping) {
            case DAY -> "a.began_at / 86400000";
            case COUNTRY -> "s.country";
            case CHANNEL -> "a.channel";
            case PURPOSE -> "s.purpose";
        };
    }

    private static String day(long days) {
        return LocalDate.ofEpochDay(days).toString();
    }
}
