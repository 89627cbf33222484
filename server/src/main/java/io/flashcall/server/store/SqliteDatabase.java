package io.flashcall.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One SQLite file in WAL mode: a connection that writes, and a few that read. A commit waits until the
/// disk has it (`synchronous = FULL`), so that a power cut loses nothing that was answered. Thread-safe.
final class SqliteDatabase implements Database {

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 32 * 1024;
    private static final int CHECKPOINT_PAGES = 4_000;
    // Each waits for as long as BUSY_MILLIS.
    private static final int CHECKPOINT_TRIES = 3;
    private static final int MOST_WAL_BYTES = 64 * 1024 * 1024;

    private final SQLiteDataSource source;
    private final GroupWriter writer;
    private final Readers readers;

    private SqliteDatabase(SQLiteDataSource source, GroupWriter writer, Readers readers) {
        this.source = source;
        this.writer = writer;
        this.readers = readers;
    }

    /// @throws StoreException when the file cannot be opened, or is no database
    static SqliteDatabase open(Path file) {
        SqliteFile.create(file);
        try {
            var source = source(file, false);
            Migrations.SQLITE.run(source);
            var writer = source.getConnection();
            freeFromDriver(writer);
            var readers = new ArrayList<Sql>();
            for (int i = 0; i < READERS; i++) {
                readers.add(reader(source(file, true).getConnection()));
            }
            return new SqliteDatabase(source, new GroupWriter(new Sql(writer)), new Readers(readers));
        } catch (SQLException e) {
            throw new StoreException("cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    /// @return the version it was at before; empty: it was none
    static String migrate(Path file) {
        SqliteFile.create(file);
        try {
            return Migrations.SQLITE.run(source(file, false));
        } catch (SQLException e) {
            throw new StoreException("cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public int change(String what, String text, Object... values) {
        return writer.write(what, sql -> sql.update(text, values));
    }

    @Override
    public <T> T report(String what, Work<T> work) {
        return read(what, work);
    }

    @Override
    public <T> T aside(String what, Work<T> work) {
        return writer.write(what, work);
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        return writer.write(what, work);
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        return readers.read(what, work);
    }

    /// How many transactions wait for those that are being committed.
    int queued() {
        return writer.queued();
    }

    /// The log of changes still holds what they changed, until it is written back and cut off.
    @Override
    public void scrub() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (int i = 0; i < CHECKPOINT_TRIES; i++) {
                try (var row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                    // Its first column says whether somebody was in the way.
                    if (row.next() && row.getInt(1) == 0) {
                        return;
                    }
                }
            }
            throw new StoreException(
                    "the log of changes still holds what was removed: others are using the database;" + " try again");
        } catch (SQLException e) {
            throw new StoreException("cannot cut off the log of changes: " + e.getMessage(), e);
        }
    }

    /// Finishes what was asked; nothing more is taken.
    @Override
    public void close() {
        writer.close();
        try {
            readers.close();
        } catch (SQLException e) {
            throw new StoreException("cannot close the database: " + e.getMessage(), e);
        }
    }

    private static SQLiteDataSource source(Path file, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        // Pages that change again and again are written back less often than by default.
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(MOST_WAL_BYTES);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        // Negative: kibibytes rather than pages.
        config.setCacheSize(-CACHE_KIB / (readOnly ? READERS : 1));
        if (!readOnly) {
            // What was erased must not stand in pages that are free.
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        }
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Sql reader(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = 1");
        }
        return new Sql(connection);
    }

    /// The writer says itself when a transaction begins and ends. Without auto-commit the driver adds nothing to a
    /// statement, but has begun a first transaction.
    private static void freeFromDriver(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("COMMIT");
        }
    }
}
