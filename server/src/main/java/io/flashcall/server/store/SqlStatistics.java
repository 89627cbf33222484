package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Statistics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statistics over SQL.
final class SqlStatistics implements Statistics {

    private static final String ROWS = """
            SELECT s.country, coalesce(a.trunk, ''), a.channel, count(*),
                count(CASE WHEN a.rang_at IS NOT NULL OR a.verdict IN ('delivered', 'perhaps') THEN 1 END),
                count(a.verified_at), coalesce(sum(a.verified_at - a.began_at), 0)
            FROM sessions s JOIN attempts a ON a.session_id = s.id
            WHERE s.created_at >= ? AND s.created_at < ?%s
            GROUP BY s.country, coalesce(a.trunk, ''), a.channel
            ORDER BY 1, 2, 3""";

    private static final String ALL = ROWS.formatted("");
    private static final String OF_APP = ROWS.formatted(" AND s.app = ?");

    private final Database database;

    SqlStatistics(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> rows(Optional<AppId> app, Instant from, Instant to) {
        return database.read("read statistics", sql -> {
            try (var rows =
                    app.isPresent() ? sql.query(OF_APP, from, to, app.get().value()) : sql.query(ALL, from, to)) {
                return read(rows);
            }
        });
    }

    private static List<Row> read(Rows rows) throws SQLException {
        var all = new ArrayList<Row>();
        while (rows.next()) {
            var country = rows.text();
            var trunk = rows.text();
            var channel = rows.text();
            long started = rows.number();
            long rang = rows.number();
            long verified = rows.number();
            long millis = rows.number();
            var mean = verified == 0 ? Duration.ZERO : Duration.ofMillis(millis / verified);
            all.add(new Row(country, trunk, channel, started, rang, verified, mean));
        }
        return all;
    }
}
