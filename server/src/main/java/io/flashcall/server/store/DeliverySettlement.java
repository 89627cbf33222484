package io.flashcall.server.store;

import io.flashcall.verification.store.Outbox.Settlement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Notes how tries ended. What waits no more lets go of the next one of its session.
final class DeliverySettlement {

    private static final String SETTLED = """
            UPDATE deliveries SET state = ?, settled_at = ?, tries = tries + 1, last = ?, node = NULL
            WHERE id = ? AND state = 'waiting'""";

    private static final String AGAIN = """
            UPDATE deliveries SET due_at = ?, tries = tries + 1, last = ?, node = NULL
            WHERE id = ? AND state = 'waiting'""";

    /// One that was never tried can only have been put off for the sake of its predecessor.
    private static final String RELEASE_NEXT = """
            UPDATE deliveries SET due_at = ?
            WHERE first_try_at IS NULL AND due_at > ? AND id = (
                SELECT min(n.id) FROM deliveries d
                JOIN deliveries n ON n.session_id = d.session_id AND n.endpoint_id = d.endpoint_id AND n.id > d.id
                WHERE d.id = ? AND n.state = 'waiting')""";

    /// For PostgreSQL alone.
    private static final String PG_ENDPOINTS = "SELECT DISTINCT endpoint_id FROM deliveries WHERE id = ANY (?)";

    private DeliverySettlement() {}

    static void apply(Sql sql, List<Settlement> settlements) throws SQLException {
        EndpointLock.take(sql, endpoints(sql, settlements));
        var settled = new ArrayList<Object[]>();
        var released = new ArrayList<Object[]>();
        var again = new ArrayList<Object[]>();
        // In one order, so that two transactions do not wait for each other.
        for (var settlement : settlements.stream()
                .sorted(Comparator.comparingLong(Settlement::delivery))
                .toList()) {
            long id = settlement.delivery();
            switch (settlement) {
                case Settlement.Delivered done -> {
                    settled.add(new Object[] {"delivered", done.at(), "", id});
                    released.add(new Object[] {done.at(), done.at(), id});
                }
                case Settlement.Dead dead -> {
                    settled.add(new Object[] {"dead", dead.at(), dead.error(), id});
                    released.add(new Object[] {dead.at(), dead.at(), id});
                }
                case Settlement.Again later -> again.add(new Object[] {later.at(), later.error(), id});
            }
        }
        sql.each(SETTLED, settled);
        sql.each(AGAIN, again);
        sql.each(RELEASE_NEXT, released);
    }

    private static Set<String> endpoints(Sql sql, List<Settlement> settlements) throws SQLException {
        var endpoints = new TreeSet<String>();
        if (sql.dialect() == Dialect.POSTGRESQL) {
            var ids = settlements.stream().mapToLong(Settlement::delivery).toArray();
            try (var rows = sql.query(PG_ENDPOINTS, ids)) {
                while (rows.next()) {
                    endpoints.add(rows.text());
                }
            }
        }
        return endpoints;
    }
}
