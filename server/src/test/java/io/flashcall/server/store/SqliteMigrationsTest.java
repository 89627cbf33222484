package io.flashcall.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteMigrationsTest {

    @TempDir
    private Path folder;

    @Test
    void the_last_migration_is_the_one_that_a_current_database_is_told_by() throws IOException, URISyntaxException {
        var migrations = Path.of(Objects.requireNonNull(getClass().getResource("/db/migration/sqlite"))
                .toURI());

        try (var files = Files.list(migrations)) {
            assertThat(files.mapToInt(SqliteMigrationsTest::version).max())
                    .hasValue(Integer.parseInt(Migrations.LATEST));
        }
    }

    @Test
    void a_database_of_a_later_version_is_refused() throws SQLException {
        var file = folder.resolve("flashcall.db");
        SqliteDatabase.open(file).close();
        execute(file, """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, 1)""");

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("999");
    }

    @Test
    void a_migration_that_failed_is_not_taken_for_done() throws SQLException {
        var file = folder.resolve("flashcall.db");
        SqliteDatabase.open(file).close();
        execute(file, "UPDATE flyway_schema_history SET success = 0");

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(StoreException.class);
    }

    private static int version(Path file) {
        var name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static void execute(Path file, String text) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
