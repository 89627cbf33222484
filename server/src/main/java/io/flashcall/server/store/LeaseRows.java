package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import io.flashcall.verification.store.Lease;
import io.flashcall.verification.store.LeaseTakenException;
import java.sql.SQLException;

/// Rows of the table `leases`, as sessions write them. That no two open ones of a destination share a caller id is a
/// unique index's work.
final class LeaseRows {

    private static final String INSERT = """
            INSERT INTO leases (session_id, attempt, destination_mac, caller_mac, sealed_caller, taken_at, open)
            VALUES (?, ?, ?, ?, ?, ?, 1)""";

    // Not "open = 1": an index of all that are open would offer itself.
    private static final String CLOSE = "UPDATE leases SET open = 0 WHERE session_id = ? AND open <> 0";

    private static final String DROP = "DELETE FROM leases WHERE session_id = ? AND attempt = ?";

    private LeaseRows() {}

    /// A session that is over leases nothing: nobody would close it.
    ///
    /// @throws LeaseTakenException when an open one stands in the way
    static void insert(Sql sql, Session session, Lease lease) throws SQLException {
        if (session.status().isFinal()) {
            return;
        }
        sql.queueUnique(
                INSERT,
                "leases_open",
                LeaseTakenException::new,
                session.id().value(),
                lease.attempt(),
                lease.destinationMac(),
                lease.callerMac(),
                lease.sealedCaller(),
                lease.at());
    }

    /// The session is over: its destination remembers what it may have seen, and nothing else.
    static void close(Sql sql, Session before, Session after) throws SQLException {
        if (!before.status().isFinal()) {
            sql.queue(CLOSE, after.id().value());
        }
        for (var attempt : after.attempts()) {
            if (attempt.isFlashCall() && !attempt.mayHaveShown() && isNews(attempt, before)) {
                sql.queue(DROP, after.id().value(), attempt.number());
            }
        }
    }

    /// Once the session was over before, only what changed is of interest.
    private static boolean isNews(Attempt attempt, Session before) {
        return !before.status().isFinal()
                || before.attempt(attempt.number()).filter(attempt::equals).isEmpty();
    }
}
