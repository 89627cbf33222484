package io.flashcall.server.store;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.store.PostgresServer;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.Storage;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The store over PostgreSQL, as the contracts want it: each has a database of its own, on the server of
/// this JVM.
record PostgresStorage(String database, SqlStore store) implements SqlStorage {

    private static final String TEMPLATE = "flashcall_template";
    private static final int CONNECTIONS = 8;

    static PostgresStorage fresh() {
        return open(emptyDatabase());
    }

    /// One with the tables of this version, and nothing in them.
    static String emptyDatabase() {
        Template.makeOnce();
        var name = PostgresServer.get().nextName();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return name;
    }

    /// One without tables.
    static String bareDatabase() {
        var name = PostgresServer.get().nextName();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    static PostgresStorage open(String database) {
        return new PostgresStorage(
                database, SqlStore.open(config(database), new AppCodec(), new PoolCodec(), Sample.VAULT));
    }

    static StoreConfig.Server config(String database) {
        var server = PostgresServer.get();
        return new StoreConfig.Server(server.url(database), server.user(), "", CONNECTIONS);
    }

    static void execute(String database, String text) {
        var server = PostgresServer.get();
        try (var connection = DriverManager.getConnection(server.url(database), server.user(), "");
                var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static final class Template {

        static {
            execute("postgres", "CREATE DATABASE " + TEMPLATE);
            PostgresDatabase.open(config(TEMPLATE)).close();
        }

        static void makeOnce() {
            // Its class is initialized by now.
        }
    }

    @Override
    public Storage beside() {
        return open(database);
    }

    @Override
    public Storage reopened() {
        close();
        return open(database);
    }

    @Override
    public void close() {
        store.close();
    }
}
