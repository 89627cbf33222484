package io.flashcall.server.store;

import io.flashcall.verification.store.Outbox.Settlement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Notes how tries ended. What waits no more lets go of the next one of its session.
final class DeliverySettlement {

    // Whoever was taken for dead does not decide for the one who tries it now; but what has arrived has.
    private static final String DELIVERED = """
            UPDATE deliveries SET state = 'delivered', settled_at = ?, tries = tries + 1, last = ?, node = NULL
            WHERE id = ? AND settled_at IS NULL""";

    private static final String DEAD = """
            UPDATE deliveries SET state = 'dead', settled_at = ?, tries = tries + 1, last = ?, node = NULL
            WHERE id = ? AND settled_at IS NULL AND (node IS NULL OR node = ?)""";

    private static final String AGAIN = """
            UPDATE deliveries SET due_at = ?, tries = tries + 1, last = ?, node = NULL
            WHERE id = ? AND settled_at IS NULL AND (node IS NULL OR node = ?)""";

    /// One that was never tried can only have been put off for the sake of its predecessor.
    private static final String RELEASE_NEXT = """
            UPDATE deliveries SET due_at = ?
            WHERE first_try_at IS NULL AND due_at > ? AND id = (
                SELECT min(n.id) FROM deliveries d
                JOIN deliveries n ON n.session_id = d.session_id AND n.endpoint_id = d.endpoint_id AND n.id > d.id
                WHERE d.id = ? AND n.settled_at IS NULL)""";

    // The same for many at once: the endpoint's lock is held for one round trip.
    private static final String PG_SETTLED = """
            UPDATE deliveries d SET state = u.state, settled_at = u.at, tries = d.tries + 1, last = u.last, node = NULL
            FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[]) AS u (id, state, at, last)
            WHERE d.id = u.id AND d.settled_at IS NULL AND (u.state = 'delivered' OR d.node IS NULL OR d.node = ?)""";

    private static final String PG_AGAIN = """
            UPDATE deliveries d SET due_at = u.at, tries = d.tries + 1, last = u.last, node = NULL
            FROM unnest(?::bigint[], ?::bigint[], ?::text[]) AS u (id, at, last)
            WHERE d.id = u.id AND d.settled_at IS NULL AND (d.node IS NULL OR d.node = ?)""";

    // A subquery that cannot be joined, and an array of what it finds: so each row is found by its index,
    // whatever little is known of the table. "+ 0", since the index of all ids would offer itself for those behind one.
    private static final String PG_RELEASE_NEXT = """
            UPDATE deliveries SET due_at = ?
            WHERE first_try_at IS NULL AND due_at > ? AND id = ANY (ARRAY(
                SELECT (SELECT min(n.id + 0) FROM deliveries n
                    WHERE n.session_id = d.session_id AND n.endpoint_id = d.endpoint_id AND n.id + 0 > d.id
                        AND n.settled_at IS NULL)
                FROM deliveries d WHERE d.id = ANY (?)))""";

    private DeliverySettlement() {}

    /// @param node who tried
    static void apply(Sql sql, List<Settlement> settlements, String node) throws SQLException {
        // In one order, so that two transactions do not wait for each other.
        var ends = settlements.stream()
                .map(End::of)
                .sorted(Comparator.comparingLong(End::id))
                .toList();
        switch (sql.dialect()) {
            case SQLITE -> one(sql, ends, node);
            case POSTGRESQL -> {
                EndpointLock.takeOf(sql, ids(ends));
                together(sql, ends, node);
            }
        }
    }

    private static void one(Sql sql, List<End> ends, String node) throws SQLException {
        for (var end : ends) {
            switch (end.state()) {
                case "delivered" -> sql.queue(DELIVERED, end.at(), end.error(), end.id());
                case "dead" -> sql.queue(DEAD, end.at(), end.error(), end.id(), node);
                default -> sql.queue(AGAIN, end.at(), end.error(), end.id(), node);
            }
        }
        for (var end : ends) {
            if (end.settles()) {
                sql.queue(RELEASE_NEXT, end.at(), end.at(), end.id());
            }
        }
    }

    private static void together(Sql sql, List<End> ends, String node) throws SQLException {
        var settled = ends.stream().filter(End::settles).toList();
        var again = ends.stream().filter(end -> !end.settles()).toList();
        if (!settled.isEmpty()) {
            var errors = texts(settled, End::error);
            sql.queue(PG_SETTLED, ids(settled), texts(settled, End::state), times(settled), errors, node);
        }
        if (!again.isEmpty()) {
            sql.queue(PG_AGAIN, ids(again), times(again), texts(again, End::error), node);
        }
        if (!settled.isEmpty()) {
            var at =
                    settled.stream().map(End::at).min(Comparator.naturalOrder()).get();
            sql.queue(PG_RELEASE_NEXT, at, at, ids(settled));
        }
    }

    private static long[] ids(List<End> ends) {
        return ends.stream().mapToLong(End::id).toArray();
    }

    private static long[] times(List<End> ends) {
        return ends.stream().mapToLong(end -> end.at().toEpochMilli()).toArray();
    }

    private static String[] texts(List<End> ends, Function<End, String> text) {
        return ends.stream().map(text).toArray(String[]::new);
    }

    /// @param state what it is from now on: `waiting` means again
    /// @param at    when it was settled, or is due again
    private record End(long id, String state, Instant at, String error) {

        static End of(Settlement settlement) {
            return switch (settlement) {
                case Settlement.Delivered done -> new End(done.delivery(), "delivered", done.at(), "");
                case Settlement.Dead dead -> new End(dead.delivery(), "dead", dead.at(), dead.error());
                case Settlement.Again later -> new End(later.delivery(), "waiting", later.at(), later.error());
            };
        }

        boolean settles() {
            return !state.equals("waiting");
        }
    }
}
