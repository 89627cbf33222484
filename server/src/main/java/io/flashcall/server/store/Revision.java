package io.flashcall.server.store;

import java.sql.SQLException;

/// Counts the changes of a table, so that other processes see that there was one.
///
/// @param name of the counter
record Revision(String name) {

    private static final String NEXT = """
            INSERT INTO meta (name, value) VALUES (?, '1') ON CONFLICT (name)
            DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)""";

    private static final String READ = "SELECT value FROM meta WHERE name = ?";

    /// Within the transaction that changes the table.
    void next(Sql sql) throws SQLException {
        sql.queue(NEXT, name);
    }

    long read(Database database) {
        return database.read("read how often something changed", sql -> {
            try (var rows = sql.query(READ, name)) {
                return rows.next() ? Long.parseLong(rows.text()) : 0;
            }
        });
    }
}
