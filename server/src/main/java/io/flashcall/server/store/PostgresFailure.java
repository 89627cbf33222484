package io.flashcall.server.store;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/// What PostgreSQL's errors mean, by their SQLSTATE.
final class PostgresFailure {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private PostgresFailure() {}

    /// Whether a row stands in the way that this unique index holds.
    static boolean isConflictOn(SQLException failure, String constraint) {
        return UNIQUE_VIOLATION.equals(failure.getSQLState())
                && failure instanceof PSQLException told
                && told.getServerErrorMessage() != null
                && constraint.equals(told.getServerErrorMessage().getConstraint());
    }

    /// Whether the transaction crossed another one's and nothing of it was done: serialization failure,
    /// deadlock, a row that went away in between.
    static boolean isPassing(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.startsWith("40") || state.equals(FOREIGN_KEY_VIOLATION));
    }

    /// Whether the connection is gone, or the server goes, so that nobody can tell what was done of what was sent last.
    static boolean isConnectionLost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
