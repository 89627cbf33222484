package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Statistics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Statistics over SQL.
final class SqlStatistics implements Statistics {

    private static final String SELECT = """
            SELECT s.country, coalesce(a.trunk, ''), a.channel,
                count(CASE WHEN a.rang_at IS NOT NULL OR a.verdict IN ('delivered', 'perhaps') THEN 1 END),
                count(a.verified_at), coalesce(sum(a.verified_at - a.began_at), 0),
            """;

    private static final String FROM = """

            FROM sessions s JOIN attempts a ON a.session_id = s.id
            WHERE s.created_at >= ? AND s.created_at < ?""";

    private static final String GROUPS = "s.country, coalesce(a.trunk, ''), a.channel, " + CostSums.GROUPS;
    private static final String BY = " GROUP BY " + GROUPS + " ORDER BY " + GROUPS;

    private static final String ALL = SELECT + CostSums.COLUMNS + FROM + BY;
    private static final String OF_APP = SELECT + CostSums.COLUMNS + FROM + " AND s.app = ?" + BY;

    private final Database database;

    SqlStatistics(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> rows(Optional<AppId> app, Instant from, Instant to) {
        return database.report("read statistics", sql -> {
            try (var rows =
                    app.isPresent() ? sql.query(OF_APP, from, to, app.get().value()) : sql.query(ALL, from, to)) {
                return read(rows);
            }
        });
    }

    private static List<Row> read(Rows rows) throws SQLException {
        var all = new LinkedHashMap<Group, Figures>();
        while (rows.next()) {
            all.computeIfAbsent(new Group(rows.text(), rows.text(), rows.text()), _ -> new Figures())
                    .read(rows);
        }
        return all.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .toList();
    }

    private record Group(String country, String trunk, String channel) {}

    /// Of one group, whose rows differ in their currencies alone.
    private static final class Figures {

        private final CostSums costs = new CostSums();
        private long rang;
        private long verified;
        private long millis;

        void read(Rows rows) throws SQLException {
            rang += rows.number();
            verified += rows.number();
            millis += rows.number();
            costs.read(rows);
        }

        Row row(Group group) {
            var mean = verified == 0 ? Duration.ZERO : Duration.ofMillis(millis / verified);
            return new Row(
                    group.country,
                    group.trunk,
                    group.channel,
                    costs.counts().attempts(),
                    rang,
                    verified,
                    mean,
                    costs.money());
        }
    }
}
