package io.flashcall.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection with its statements, each prepared once. Values are strings, numbers, booleans (kept as 0
/// and 1), instants (kept as milliseconds), and optional ones of these; for PostgreSQL also arrays of
/// numbers. Not thread-safe.
sealed class Sql implements AutoCloseable permits PipelinedSql {

    final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    Dialect dialect() {
        return Dialect.SQLITE;
    }

    /// A change of which nobody needs to know how many rows it changed: it may go out together with what
    /// follows it in the same transaction.
    void queue(String text, Object... values) throws SQLException {
        var _ = update(text, values);
    }

    /// The same for a row that another one may stand in the way of.
    ///
    /// @param text       an INSERT that ends where ON CONFLICT could follow
    /// @param constraint a unique index that says so; others are faults
    /// @param taken      thrown then, here or when the transaction ends
    void queueUnique(String text, String constraint, Supplier<RuntimeException> taken, Object... values)
            throws SQLException {
        if (update(text + " ON CONFLICT DO NOTHING", values) == 0) {
            throw taken.get();
        }
    }

    /// @return how many rows it changed
    int update(String text, Object... values) throws SQLException {
        try {
            return bound(text, values).executeUpdate();
        } catch (SQLException e) {
            throw dropped(text, e);
        }
    }

    /// The rows must be closed before the same text is asked again.
    Rows query(String text, Object... values) throws SQLException {
        try {
            return new Rows(bound(text, values).executeQuery());
        } catch (SQLException e) {
            throw dropped(text, e);
        }
    }

    /// Settings, several between semicolons: not prepared.
    void execute(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        connection.close();
    }

    PreparedStatement bound(String text, Object... values) throws SQLException {
        var statement = statements.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            statements.put(text, statement);
        }
        bind(statement, values);
        return statement;
    }

    /// SQLite's driver leaves some statements unusable that have failed.
    SQLException dropped(String text, SQLException failure) {
        try (var _ = statements.remove(text)) {
            return failure;
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case Instant at -> statement.setLong(index, at.toEpochMilli());
            case String[] many ->
                statement.setArray(index, statement.getConnection().createArrayOf("text", many));
            case long[] many -> statement.setObject(index, many);
            case Optional<?> maybe -> bind(statement, index, maybe.orElse(null));
            default -> throw new IllegalStateException("no column takes a " + value.getClass());
        }
    }
}
