package io.flashcall.server.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables of a database to what this version of the service needs. A database that is there
/// already is told by one query: waking up the migrations takes longer than all the rest of opening it. Of
/// several that start at once, one does it, and the others wait for it.
enum Migrations {
    SQLITE("sqlite", "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'"),
    POSTGRESQL("postgresql", "SELECT 1 WHERE to_regclass('flyway_schema_history') IS NOT NULL");

    /// The last migration there is.
    static final String LATEST = "6";

    private static final String CURRENT =
            "SELECT version, success FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1";

    private final String folder;
    private final String history;

    Migrations(String folder, String history) {
        this.folder = folder;
        this.history = history;
    }

    /// @return the version it was at before; empty: it had no tables
    /// @throws StoreException when a migration fails, or a later version of the service was here
    /// @throws SQLException   when the database cannot be read or written
    String run(DataSource source) throws SQLException {
        var before = State.of(source, history);
        if (!before.version.equals(LATEST) || !before.success) {
            migrate(source);
        }
        return before.version;
    }

    private void migrate(DataSource source) throws SQLException {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration/" + folder)
                    .loggers(SilentLog.class.getName())
                    // A database of a later version is refused rather than misread.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new StoreException("cannot bring the database to this version: " + e.getMessage(), e);
        }
    }

    /// @param version empty when there is none
    private record State(String version, boolean success) {

        static State of(DataSource source, String history) throws SQLException {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                try (var rows = statement.executeQuery(history)) {
                    if (!rows.next()) {
                        return new State("", true);
                    }
                }
                try (var rows = statement.executeQuery(CURRENT)) {
                    // Flyway of PostgreSQL keeps a BOOLEAN.
                    return rows.next() ? new State(rows.getString(1), rows.getBoolean(2)) : new State("", true);
                }
            }
        }
    }
}
