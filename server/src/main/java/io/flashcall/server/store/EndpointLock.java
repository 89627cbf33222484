package io.flashcall.server.store;

import java.sql.SQLException;
import java.util.Collection;

/// Claims and settlements of one endpoint exclude each other, as they do where there is one writer: who
/// looks whether a predecessor still waits must not be overtaken by its settlement, which would find
/// nothing put off yet to release. Ends with the transaction. Writers of new deliveries do not wait for it.
final class EndpointLock {

    /// Tells our locks from others'.
    private static final int OURS = 0x666c6361;

    private static final String TAKE = "SELECT pg_advisory_xact_lock(?, ?)";

    private EndpointLock() {}

    /// In one order, so that two who want several do not wait for each other.
    static void take(Sql sql, Collection<String> endpoints) throws SQLException {
        switch (sql.dialect()) {
            case SQLITE -> {}
            case POSTGRESQL -> {
                // Two endpoints of one hash merely wait for each other.
                for (int hash : endpoints.stream()
                        .mapToInt(String::hashCode)
                        .sorted()
                        .distinct()
                        .toArray()) {
                    sql.queue(TAKE, OURS, hash);
                }
            }
        }
    }
}
