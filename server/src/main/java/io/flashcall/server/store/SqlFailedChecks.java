package io.flashcall.server.store;

import io.flashcall.verification.store.FailedChecks;
import java.sql.SQLException;
import java.time.LocalDate;

/// Counts of failed checks over SQL.
final class SqlFailedChecks implements FailedChecks {

    private static final String COUNT = "SELECT count FROM failed_checks WHERE destination_mac = ? AND day = ?";

    private static final String ADD = """
            INSERT INTO failed_checks (destination_mac, day, count) VALUES (?, ?, 1)
            ON CONFLICT (destination_mac, day) DO UPDATE SET count = failed_checks.count + 1""";

    private static final String FORGET = "DELETE FROM failed_checks WHERE day < ?";

    private final Database database;

    SqlFailedChecks(Database database) {
        this.database = database;
    }

    @Override
    public int count(Day day) {
        return database.read("read failed checks", sql -> {
            try (var rows = sql.query(COUNT, day.destinationMac(), day.date().toString())) {
                return rows.next() ? rows.integer() : 0;
            }
        });
    }

    @Override
    public int forget(LocalDate day) {
        return database.change("forget failed checks", FORGET, day.toString());
    }

    /// One more, within a session's transaction.
    static void add(Sql sql, Day day) throws SQLException {
        sql.queue(ADD, day.destinationMac(), day.date().toString());
    }
}
