package io.flashcall.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.flashcall.server.config.StoreConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server behind a pool of connections. A write is one transaction (READ COMMITTED: what must
/// not cross locks its rows), and is run again where it crossed another one or its connection broke before
/// the commit was sent. Thread-safe.
final class PostgresDatabase implements Database {

    private static final int MOST_TRIES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEAT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final int STATEMENT_TIMEOUT_MILLIS = 20_000;
    private static final int OLDEST_VERSION = 13;

    /// Every statement has one good plan, by an index, whatever its values, see ADR 16. Nothing may take long.
    private static final String SETTINGS = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
            + " SET jit = off; SET statement_timeout = %1$d; SET idle_in_transaction_session_timeout = %1$d"
                    .formatted(STATEMENT_TIMEOUT_MILLIS);

    /// For what reads much at once: planned for its values, over whole tables where that is faster.
    private static final String AS_A_REPORT = "SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on";

    private final HikariDataSource pool;
    private final HikariDataSource counters;
    private final HikariDataSource beats;
    private volatile boolean closed;

    private PostgresDatabase(HikariDataSource pool, HikariDataSource counters, HikariDataSource beats) {
        this.pool = pool;
        this.counters = counters;
        this.beats = beats;
    }

    /// Connects, and brings the tables to this version.
    ///
    /// @throws StoreException when the server cannot be used, or a later version of the service was here
    static PostgresDatabase open(StoreConfig.Server server) {
        migrate(server);
        return new PostgresDatabase(pool(server), counters(server), beats(server));
    }

    /// @return the version it was at before; empty: it had no tables
    static String migrate(StoreConfig.Server server) {
        // A migration may take its time.
        var source = source(server);
        try {
            requireVersion(source);
            return Migrations.POSTGRESQL.run(source);
        } catch (SQLException e) {
            throw new StoreException("cannot open the database " + server.url() + ": " + reason(e), e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            var outcome = transaction(what, work, attempt == MOST_TRIES);
            if (outcome instanceof Outcome.Done<T>(var result)) {
                return result;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L << attempt));
        }
    }

    private <T> Outcome<T> transaction(String what, Work<T> work, boolean last) {
        try (var connection = borrow(what)) {
            connection.setAutoCommit(false);
            var sql = new PipelinedSql(connection);
            boolean committing = false;
            try {
                var result = work.in(sql);
                committing = true;
                sql.commit();
                return new Outcome.Done<>(result);
            } catch (SQLException e) {
                rollBack(connection);
                var taken = sql.taken(e);
                if (taken != null) {
                    throw taken;
                }
                boolean again = PostgresFailure.isPassing(e) || (PostgresFailure.isConnectionLost(e) && !committing);
                if (again && !last) {
                    return new Outcome.Again<>();
                }
                throw failed(what, e);
            } catch (RuntimeException | Error e) {
                rollBack(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    @Override
    public int change(String what, String text, Object... values) {
        for (int attempt = 1; ; attempt++) {
            try (var connection = borrow(what)) {
                return new PipelinedSql(connection).update(text, values);
            } catch (SQLException e) {
                if (!PostgresFailure.isPassing(e) || attempt == MOST_TRIES) {
                    throw failed(what, e);
                }
            }
        }
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (var connection = borrow(what)) {
                return work.in(new PipelinedSql(connection));
            } catch (SQLException e) {
                boolean again = PostgresFailure.isPassing(e) || PostgresFailure.isConnectionLost(e);
                if (!again || attempt == MOST_TRIES) {
                    throw failed(what, e);
                }
            }
        }
    }

    @Override
    public <T> T report(String what, Work<T> work) {
        return write(what, sql -> {
            sql.execute(AS_A_REPORT);
            return work.in(sql);
        });
    }

    @Override
    public <T> T aside(String what, Work<T> work) {
        try (var connection = beats.getConnection()) {
            return work.in(new PipelinedSql(connection));
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /// What PostgreSQL keeps of deleted rows goes with its next vacuum, which it does by itself.
    @Override
    public void scrub() {
        // Nothing that an ordinary user of the database could do at once.
    }

    /// Connections whose commits do not wait for the disk, for what may be forgotten by a crash of the
    /// server. They are opened when they are needed.
    DataSource counters() {
        return counters;
    }

    @Override
    public void close() {
        closed = true;
        beats.close();
        counters.close();
        pool.close();
    }

    private Connection borrow(String what) {
        if (closed) {
            throw new StoreException("cannot " + what + ": the store is closed");
        }
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            var cause = e.getCause() instanceof SQLException told ? reason(told) : "all connections are in use";
            throw new StoreException("cannot " + what + ": no connection to the database: " + cause, e);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private StoreException failed(String what, SQLException e) {
        var why = closed ? "the store is closed" : reason(e);
        return new StoreException("cannot " + what + ": " + why, e);
    }

    /// On one line.
    private static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
        }
    }

    private static HikariDataSource pool(StoreConfig.Server server) {
        var config = new HikariConfig();
        config.setPoolName("flashcall-store");
        config.setDataSource(hurried(server));
        config.setConnectionInitSql(SETTINGS);
        config.setMaximumPoolSize(server.connections());
        // A command needs few.
        config.setMinimumIdle(Math.max(2, server.connections() / 4));
        config.setConnectionTimeout(PATIENCE.toMillis());
        // That it can be reached is known by now.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static HikariDataSource counters(StoreConfig.Server server) {
        var config = new HikariConfig();
        config.setPoolName("flashcall-counters");
        config.setDataSource(hurried(server));
        config.setConnectionInitSql(SETTINGS + "; SET synchronous_commit = off");
        config.setMaximumPoolSize(Math.max(2, server.connections() / 4));
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /// One connection, that no load can take from us: a node that cannot say that it lives is taken for dead.
    private static HikariDataSource beats(StoreConfig.Server server) {
        var config = new HikariConfig();
        config.setPoolName("flashcall-beats");
        config.setDataSource(hurried(server));
        config.setConnectionInitSql(SETTINGS);
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(BEAT_PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static PGSimpleDataSource source(StoreConfig.Server server) {
        var source = new PGSimpleDataSource();
        source.setUrl(server.url());
        if (!server.user().isEmpty()) {
            source.setUser(server.user());
        }
        if (!server.password().isEmpty()) {
            source.setPassword(server.password());
        }
        source.setApplicationName("flashcall");
        source.setConnectTimeout((int) PATIENCE.toSeconds());
        source.setTcpKeepAlive(true);
        // Details of an error name values.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /// Where nothing may take long.
    private static PGSimpleDataSource hurried(StoreConfig.Server server) {
        var source = source(server);
        // There are few statements, and each is used again and again: from the first time on it is kept by the server.
        source.setPrepareThreshold(1);
        source.setSocketTimeout((int) SOCKET_TIMEOUT.toSeconds());
        return source;
    }

    private static void requireVersion(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new StoreException(
                        "the database is PostgreSQL " + version + " (expected: " + OLDEST_VERSION + " or later)");
            }
        }
    }

    private sealed interface Outcome<T> {

        record Done<T>(T result) implements Outcome<T> {}

        record Again<T>() implements Outcome<T> {}
    }
}
