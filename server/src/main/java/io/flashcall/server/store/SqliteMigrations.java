package io.flashcall.server.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables of a database to what this version of the service needs. A database that is there already is told
/// by one query: waking up the migrations takes longer than all the rest of opening it.
final class SqliteMigrations {

    /// The last migration there is.
    static final String LATEST = "3";

    private static final String LOCATION = "classpath:db/migration/sqlite";

    private static final String HISTORY =
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'";

    private static final String CURRENT =
            "SELECT version, success FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1";

    private SqliteMigrations() {}

    /// @throws StoreException when a migration fails, or a later version of the service was here
    /// @throws SQLException   when the file cannot be read or written
    static void run(DataSource source) throws SQLException {
        if (!isCurrent(source)) {
            migrate(source);
        }
    }

    private static boolean isCurrent(DataSource source) throws SQLException {
        try (var sql = new Sql(source.getConnection())) {
            try (var rows = sql.query(HISTORY)) {
                if (!rows.next()) {
                    return false;
                }
            }
            try (var rows = sql.query(CURRENT)) {
                return rows.next() && rows.text().equals(LATEST) && rows.flag();
            }
        }
    }

    private static void migrate(DataSource source) throws SQLException {
        try {
            Flyway.configure(SqliteMigrations.class.getClassLoader())
                    .dataSource(source)
                    .locations(LOCATION)
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
}
