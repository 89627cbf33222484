package io.flashcall.cli.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MigrateCommandTest {

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    @Test
    void it_says_from_which_version_to_which_a_file_is_brought() throws IOException {
        var config = SandboxFile.in(folder);

        assertThat(shell.run("migrate", "--config=" + config)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("flashcall.db is brought from nothing to version ");
        assertThat(shell.run("migrate", "--config=" + config)).isZero();
        assertThat(shell.out()).contains("flashcall.db is at version ").contains(" already");
    }

    @Test
    void it_brings_a_postgresql_database_to_this_version_too() throws Exception {
        var config = PostgresFile.in(folder);

        assertThat(shell.run("migrate", "--config=" + config)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("jdbc:postgresql://").contains(" is brought from nothing to version ");
        assertThat(shell.run("migrate", "--config=" + config)).isZero();
        assertThat(shell.out()).contains(" already");
    }

    @Test
    void a_database_of_a_later_version_is_refused_in_one_line() throws IOException, SQLException {
        var config = SandboxFile.in(folder);
        shell.run("migrate", "--config=" + config);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("flashcall.db"));
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, execution_time, success)
                    VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, 1)""");
        }

        assertThat(shell.run("migrate", "--config=" + config)).isEqualTo(2);
        assertThat(shell.err()).contains("999").doesNotContain("Exception");
    }

    @Test
    void a_server_that_cannot_be_reached_is_told_without_the_password() throws IOException {
        var config = SandboxFile.in(folder);
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "store: .*",
                                "store: {url: \"jdbc:postgresql://127.0.0.1:9/flashcall\", user: me, password: hush}"));

        assertThat(shell.run("migrate", "--config=" + config)).isEqualTo(2);
        assertThat(shell.err())
                .contains("cannot open the database jdbc:postgresql://127.0.0.1:9/flashcall")
                .doesNotContain("hush", "Exception");
    }
}
