package io.flashcall.server.store;

import io.flashcall.verification.EventType;
import io.flashcall.verification.store.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The outbox over SQL; [EventRows] fills it, [DeliveryClaim] takes from it.
final class SqlOutbox implements Outbox {

    private static final String WAITING = """
            SELECT e.id FROM endpoints e
            WHERE e.disabled IS NULL AND (SELECT min(d.due_at) FROM deliveries d
                WHERE d.endpoint_id = e.id AND d.state = 'waiting') <= ?
            ORDER BY e.id""";

    private static final String DEAD = "SELECT " + DeliveryClaim.COLUMNS + """
             FROM deliveries d WHERE d.endpoint_id = ? AND d.state = 'dead' AND d.id < ?
            ORDER BY d.id DESC LIMIT ?""";

    private static final String REDELIVER = """
            UPDATE deliveries SET state = 'waiting', due_at = ?, tries = 0, last = '', settled_at = NULL, node = NULL
            WHERE id = ? AND endpoint_id = ? AND state <> 'waiting'""";

    private static final String EXISTS = "SELECT 1 FROM deliveries WHERE id = ? AND endpoint_id = ?";

    private static final String ADD = """
            INSERT INTO deliveries (endpoint_id, type, sequence, at, body, state, due_at, tries, last)
            VALUES (?, ?, 0, ?, ?, 'waiting', ?, 0, '') RETURNING id""";

    private static final String OLDEST = """
            SELECT min((SELECT min(d.at) FROM deliveries d WHERE d.endpoint_id = e.id AND d.state = 'waiting'))
            FROM endpoints e WHERE e.disabled IS NULL""";

    private static final String FORGET = "DELETE FROM deliveries WHERE settled_at < ?";

    private final Database database;
    private final String node;

    /// @param node who claims
    SqlOutbox(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public List<Delivery> claim(String endpoint, Instant now, Duration hold, Duration patience, int most) {
        return database.write(
                "claim deliveries", sql -> new DeliveryClaim(sql, node, endpoint, now, patience).take(hold, most));
    }

    @Override
    public List<String> waiting(Instant now) {
        return database.read("read which endpoints wait", sql -> {
            var endpoints = new ArrayList<String>();
            try (var rows = sql.query(WAITING, now)) {
                while (rows.next()) {
                    endpoints.add(rows.text());
                }
            }
            return endpoints;
        });
    }

    @Override
    public void settle(List<Settlement> settlements) {
        if (!settlements.isEmpty()) {
            database.write("settle deliveries", sql -> {
                DeliverySettlement.apply(sql, settlements, node);
                return true;
            });
        }
    }

    @Override
    public List<Delivery> dead(String endpoint, long after, int most) {
        return database.read("list dead deliveries", sql -> {
            try (var rows = sql.query(DEAD, endpoint, after == 0 ? Long.MAX_VALUE : after, most)) {
                var dead = new ArrayList<Delivery>();
                while (rows.next()) {
                    dead.add(DeliveryClaim.read(endpoint, rows));
                }
                return dead;
            }
        });
    }

    @Override
    public boolean redeliver(String endpoint, long id, Instant now) {
        return database.write(
                "redeliver", sql -> sql.update(REDELIVER, now, id, endpoint) > 0 || exists(sql, endpoint, id));
    }

    @Override
    public long add(String endpoint, EventType type, String body, Instant now) {
        return database.write("add a delivery", sql -> {
            try (var rows = sql.query(ADD, endpoint, type.label(), now, body, now)) {
                rows.next();
                return rows.number();
            }
        });
    }

    @Override
    public Optional<Instant> oldest() {
        return database.read("read the oldest delivery", sql -> {
            try (var rows = sql.query(OLDEST)) {
                return rows.next() ? rows.optionalInstant() : Optional.<Instant>empty();
            }
        });
    }

    @Override
    public int forget(Instant before) {
        return database.change("forget deliveries", FORGET, before);
    }

    private static boolean exists(Sql sql, String endpoint, long id) throws SQLException {
        try (var rows = sql.query(EXISTS, id, endpoint)) {
            return rows.next();
        }
    }
}
