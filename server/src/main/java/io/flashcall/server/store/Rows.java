package io.flashcall.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The rows of a query. Each call reads the next column, so that code reads columns in the order in which the query
/// names them.
final class Rows implements AutoCloseable {

    private final ResultSet results;
    private int column;

    Rows(ResultSet results) {
        this.results = results;
    }

    /// Goes to the next row, and to its first column.
    boolean next() throws SQLException {
        column = 0;
        return results.next();
    }

    /// Passes over columns.
    Rows skip(int columns) {
        column += columns;
        return this;
    }

    String text() throws SQLException {
        return results.getString(++column);
    }

    Optional<String> optionalText() throws SQLException {
        return Optional.ofNullable(results.getString(++column));
    }

    int integer() throws SQLException {
        return results.getInt(++column);
    }

    long number() throws SQLException {
        return results.getLong(++column);
    }

    Optional<Long> optionalNumber() throws SQLException {
        long number = results.getLong(++column);
        return results.wasNull() ? Optional.empty() : Optional.of(number);
    }

    boolean flag() throws SQLException {
        return results.getInt(++column) != 0;
    }

    Instant instant() throws SQLException {
        return Instant.ofEpochMilli(results.getLong(++column));
    }

    Optional<Instant> optionalInstant() throws SQLException {
        long millis = results.getLong(++column);
        return results.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public void close() throws SQLException {
        results.close();
    }
}
