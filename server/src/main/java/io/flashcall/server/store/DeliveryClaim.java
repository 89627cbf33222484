package io.flashcall.server.store;

import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Event;
import io.flashcall.verification.store.Outbox.Tries;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Takes what is due at one endpoint. A delivery whose predecessor in its session still holds it back is
/// put off until that one lets go of it at the latest, so that it is looked at once and not by every claim;
/// settling the predecessor makes it due earlier. Lives for one claim; not thread-safe.
final class DeliveryClaim {

    /// What [#read] expects of a query, with the deliveries as `d`.
    static final String COLUMNS = "d.id, d.session_id, d.type, d.sequence, d.at, d.body, d.tries, d.last";

    /// How many deliveries one claim looks at beyond what it may take, so that it never keeps the writer
    /// for long.
    private static final int MOST_PUT_OFF = 500;

    /// Since when the last predecessor to let go holds it back; one that was never tried has yet to begin.
    // That it is not settled says that it waits, and "+ 0" says nothing: without them the indexes of all that
    // wait, and of all ids, would offer themselves.
    private static final String HELD_SINCE = """
            (SELECT max(coalesce(p.first_try_at, 9223372036854775807)) FROM deliveries p
                WHERE p.session_id = d.session_id AND p.endpoint_id = d.endpoint_id AND p.id + 0 < d.id
                    AND p.settled_at IS NULL)""";

    private static final String DUE = "SELECT " + COLUMNS + ", " + HELD_SINCE + """
             FROM deliveries d JOIN endpoints e ON e.id = d.endpoint_id
            WHERE d.endpoint_id = ? AND e.disabled IS NULL AND d.state = 'waiting' AND d.due_at <= ?
            ORDER BY d.due_at, d.id LIMIT ?""";

    private static final String TAKE =
            "UPDATE deliveries SET due_at = ?, node = ?, first_try_at = coalesce(first_try_at, ?) WHERE id = ?";

    private static final String PUT_OFF = "UPDATE deliveries SET due_at = ? WHERE id = ?";

    // All rows in one statement each: the shorter the endpoint's lock is held, the sooner the others have their turn.
    private static final String PG_TAKE =
            "UPDATE deliveries SET due_at = ?, node = ?, first_try_at = coalesce(first_try_at, ?) WHERE id = ANY (?)";

    private static final String PG_PUT_OFF = """
            UPDATE deliveries d SET due_at = u.due_at FROM unnest(?::bigint[], ?::bigint[]) AS u (id, due_at)
            WHERE d.id = u.id""";

    private final Sql sql;
    private final String node;
    private final String endpoint;
    private final Instant now;
    private final Duration patience;

    DeliveryClaim(Sql sql, String node, String endpoint, Instant now, Duration patience) {
        this.sql = sql;
        this.node = node;
        this.endpoint = endpoint;
        this.now = now;
        this.patience = patience;
    }

    List<Delivery> take(Duration hold, int most) throws SQLException {
        EndpointLock.take(sql, endpoint);
        var taken = new ArrayList<Delivery>();
        int putOff = 0;
        boolean more = true;
        while (more && taken.size() < most && putOff <= MOST_PUT_OFF) {
            int wanted = most - taken.size();
            var due = due(wanted);
            more = due.size() == wanted;
            var takes = new ArrayList<Long>();
            var putOffs = new ArrayList<Candidate>();
            for (var candidate : due) {
                long id = candidate.delivery().id();
                if (now.isBefore(candidate.freeAt())) {
                    putOffs.add(candidate);
                } else {
                    takes.add(id);
                    taken.add(candidate.delivery());
                }
            }
            note(takes, now.plus(hold), putOffs);
            putOff += putOffs.size();
        }
        taken.sort(Comparator.comparingLong(Delivery::id));
        return taken;
    }

    private void note(List<Long> takes, Instant held, List<Candidate> putOffs) throws SQLException {
        switch (sql.dialect()) {
            case SQLITE -> {
                for (long id : takes) {
                    sql.queue(TAKE, held, node, now, id);
                }
                for (var candidate : putOffs) {
                    sql.queue(PUT_OFF, candidate.freeAt(), candidate.delivery().id());
                }
            }
            case POSTGRESQL -> {
                if (!takes.isEmpty()) {
                    var ids = takes.stream().mapToLong(Long::longValue).toArray();
                    sql.queue(PG_TAKE, held, node, now, ids);
                }
                if (!putOffs.isEmpty()) {
                    var ids = putOffs.stream().mapToLong(one -> one.delivery().id());
                    var freeAt = putOffs.stream().mapToLong(one -> one.freeAt().toEpochMilli());
                    sql.queue(PG_PUT_OFF, ids.toArray(), freeAt.toArray());
                }
            }
        }
    }

    static Delivery read(String endpoint, Rows rows) throws SQLException {
        return new Delivery(
                rows.number(),
                endpoint,
                rows.optionalText().map(SessionId::new),
                new Event(EventTypes.named(rows.text()), rows.integer(), rows.instant()),
                rows.text(),
                new Tries(rows.integer(), rows.text()));
    }

    private List<Candidate> due(int most) throws SQLException {
        var due = new ArrayList<Candidate>();
        try (var rows = sql.query(DUE, endpoint, now, most)) {
            while (rows.next()) {
                var delivery = read(endpoint, rows);
                due.add(new Candidate(delivery, freeAt(rows.optionalNumber())));
            }
        }
        return due;
    }

    private Instant freeAt(Optional<Long> heldSince) {
        if (heldSince.isEmpty()) {
            return now;
        }
        // A predecessor that was never tried is tried now at the earliest.
        long since = Math.min(heldSince.get(), now.toEpochMilli());
        return Instant.ofEpochMilli(since).plus(patience);
    }

    /// @param freeAt from when on its predecessors do not hold it back any more
    private record Candidate(Delivery delivery, Instant freeAt) {}
}
