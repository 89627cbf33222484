package io.flashcall.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection to PostgreSQL. What is queued goes out together with the next statement that somebody waits
/// for, or with the commit: one round trip for all of them, in their order. Not thread-safe.
final class PipelinedSql extends Sql {

    private static final String COMMIT = "COMMIT";

    /// The server stops at the first one that fails, so the rest are not done; but they have been sent.
    private static final int MOST_QUEUED = 24;

    private final List<Statement> queued = new ArrayList<>();
    private final Map<String, Supplier<RuntimeException>> unique = new HashMap<>();

    PipelinedSql(Connection connection) {
        super(connection);
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    void queue(String text, Object... values) throws SQLException {
        if (queued.size() == MOST_QUEUED) {
            var _ = run();
        }
        queued.add(new Statement(text, values));
    }

    @Override
    void queueUnique(String text, String constraint, Supplier<RuntimeException> taken, Object... values)
            throws SQLException {
        unique.put(constraint, taken);
        queue(text, values);
    }

    @Override
    int update(String text, Object... values) throws SQLException {
        queued.add(new Statement(text, values));
        return run().getUpdateCount();
    }

    @Override
    Rows query(String text, Object... values) throws SQLException {
        queued.add(new Statement(text, values));
        return new Rows(run().getResultSet());
    }

    /// Ends the transaction, with what is still queued.
    void commit() throws SQLException {
        queued.add(new Statement(COMMIT));
        var _ = run();
    }

    /// Whom a unique index that stands in the way of `failure` speaks for.
    @Nullable RuntimeException taken(SQLException failure) {
        for (var entry : unique.entrySet()) {
            if (PostgresFailure.isConflictOn(failure, entry.getKey())) {
                return entry.getValue().get();
            }
        }
        return null;
    }

    /// @return at the result of the last one
    private PreparedStatement run() throws SQLException {
        var text = queued.size() == 1 ? queued.getFirst().text() : text();
        var values =
                queued.stream().flatMap(one -> List.of(one.values()).stream()).toArray();
        int results = queued.size();
        queued.clear();
        try {
            var statement = bound(text, values);
            statement.execute();
            for (int i = 1; i < results; i++) {
                statement.getMoreResults();
            }
            return statement;
        } catch (SQLException e) {
            throw dropped(text, e);
        }
    }

    private String text() {
        var all = new StringBuilder();
        for (var one : queued) {
            all.append(all.isEmpty() ? "" : ";\n").append(one.text());
        }
        return all.toString();
    }

    @SuppressWarnings("ArrayRecordComponent") // Its own, never compared.
    private record Statement(String text, Object... values) {}
}
