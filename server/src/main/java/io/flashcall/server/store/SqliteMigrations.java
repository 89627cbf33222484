package io.flashcall.server.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables of a database to what this version of the service needs.
final class SqliteMigrations {

    private static final String LOCATION = "classpath:db/migration/sqlite";

    private SqliteMigrations() {}

    /// @throws SQLException when the file cannot be read or written
    static void run(DataSource source) throws SQLException {
        try {
            Flyway.configure(SqliteMigrations.class.getClassLoader())
                    .dataSource(source)
                    .locations(LOCATION)
                    .loggers(SilentLog.class.getName())
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
