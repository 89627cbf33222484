package io.flashcall.cli.maintain;

import io.flashcall.cli.SandboxFile;
import io.flashcall.verification.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A configuration in a test's folder whose store is a new database on PostgreSQL.
public final class PostgresFile {

    private PostgresFile() {}

    public static Path in(Path folder) throws IOException, SQLException {
        var file = SandboxFile.in(folder);
        return Files.writeString(file, Files.readString(file).replaceFirst("store: .*", store(newDatabase())));
    }

    /// As a configuration names it.
    public static String store(String database) {
        var server = PostgresServer.get();
        return "store: {url: \"" + server.url(database) + "\", user: " + server.user() + "}";
    }

    public static String newDatabase() throws SQLException {
        var server = PostgresServer.get();
        var database = server.nextName();
        try (var connection = DriverManager.getConnection(server.url("postgres"), server.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return database;
    }
}
