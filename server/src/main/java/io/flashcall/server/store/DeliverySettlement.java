package io.flashcall.server.store;

import io.flashcall.verification.store.Outbox.Settlement;
import java.sql.SQLException;
import java.time.Instant;

/// Notes how a try ended. What waits no more lets go of the next one of its session.
final class DeliverySettlement {

    private static final String SETTLED = """
            UPDATE deliveries SET state = ?, settled_at = ?, tries = tries + 1, last = ?
            WHERE id = ? AND state = 'waiting'""";

    private static final String AGAIN =
            "UPDATE deliveries SET due_at = ?, tries = tries + 1, last = ? WHERE id = ? AND state = 'waiting'";

    /// One that was never tried can only have been put off for the sake of its predecessor.
    private static final String RELEASE_NEXT = """
            UPDATE deliveries SET due_at = ?
            WHERE first_try_at IS NULL AND due_at > ? AND id = (
                SELECT min(n.id) FROM deliveries d
                JOIN deliveries n ON n.session_id = d.session_id AND n.endpoint_id = d.endpoint_id AND n.id > d.id
                WHERE d.id = ? AND n.state = 'waiting')""";

    private DeliverySettlement() {}

    static void apply(Sql sql, Settlement settlement) throws SQLException {
        long id = settlement.delivery();
        switch (settlement) {
            case Settlement.Delivered delivered -> settle(sql, "delivered", delivered.at(), "", id);
            case Settlement.Dead dead -> settle(sql, "dead", dead.at(), dead.error(), id);
            case Settlement.Again again -> sql.update(AGAIN, again.at(), again.error(), id);
        }
    }

    private static void settle(Sql sql, String state, Instant at, String error, long id) throws SQLException {
        if (sql.update(SETTLED, state, at, error, id) > 0) {
            sql.update(RELEASE_NEXT, at, at, id);
        }
    }
}
