package io.flashcall.server.store;

import java.sql.SQLException;

/// Claims and settlements of one endpoint exclude each other, as they do where there is one writer: who
/// looks whether a predecessor still waits must not be overtaken by its settlement, which would find
/// nothing put off yet to release. Ends with the transaction. Writers of new deliveries do not wait for it.
final class EndpointLock {

    /// Tells our locks from others'.
    private static final int OURS = 0x666c6361;

    // Two endpoints of one hash merely wait for each other.
    private static final String PG_TAKE = "SELECT pg_advisory_xact_lock(?, hashtext(?))";

    // In one order, so that two who want several do not wait for each other.
    private static final String PG_TAKE_OF = """
            SELECT pg_advisory_xact_lock(?, e.hash) FROM (
                SELECT DISTINCT hashtext(d.endpoint_id) AS hash FROM deliveries d WHERE d.id = ANY (?)
                ORDER BY hash) e""";

    private EndpointLock() {}

    static void take(Sql sql, String endpoint) throws SQLException {
        switch (sql.dialect()) {
            case SQLITE -> {}
            case POSTGRESQL -> sql.queue(PG_TAKE, OURS, endpoint);
        }
    }

    /// Of the endpoints of deliveries; for PostgreSQL alone.
    static void takeOf(Sql sql, long[] deliveries) throws SQLException {
        sql.queue(PG_TAKE_OF, OURS, deliveries);
    }
}
