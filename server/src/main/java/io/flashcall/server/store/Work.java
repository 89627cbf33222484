package io.flashcall.server.store;

import java.sql.SQLException;

/// Something to do within one transaction. What it throws undoes all that it did.
@FunctionalInterface
interface Work<T> {

    T in(Sql sql) throws SQLException;
}
