package io.flashcall.server.store;

import io.flashcall.verification.Session;
import io.flashcall.verification.store.OutboxEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a published event writes: a row of the timeline, and a delivery for each endpoint that wants it.
final class EventRows {

    private static final String TIMELINE =
            "INSERT INTO timeline (session_id, sequence, type, at, attempt, details) VALUES (?, ?, ?, ?, ?, ?)";

    // For SQLite two statements are faster than one that inserts what it selects: that one prepares for many rows each
    // time. For PostgreSQL it is one round trip less.
    private static final String ENDPOINTS = """
            SELECT id FROM endpoints WHERE app = ? AND disabled IS NULL AND (types = '' OR types LIKE ?)""";

    private static final String DELIVERY = """
            INSERT INTO deliveries (endpoint_id, session_id, type, sequence, at, body, state, due_at, tries, last)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 0, '')""";

    // Locked, since an endpoint that is deleted meanwhile would make the whole transaction fail.
    private static final String PG_DELIVERIES = """
            INSERT INTO deliveries (endpoint_id, session_id, type, sequence, at, body, state, due_at, tries, last)
            SELECT e.id, ?, ?, ?, ?, ?, 'waiting', ?, 0, '' FROM endpoints e
            WHERE e.app = ? AND e.disabled IS NULL AND (e.types = '' OR e.types LIKE ?) ORDER BY e.id FOR KEY SHARE""";

    private EventRows() {}

    static void insert(Sql sql, Session session, OutboxEvent event) throws SQLException {
        var id = session.id().value();
        var type = event.type().label();
        sql.queue(TIMELINE, id, event.sequence(), type, event.at(), event.attempt(), event.details());
        if (event.body().isEmpty()) {
            return;
        }
        if (sql.dialect() == Dialect.POSTGRESQL) {
            var app = session.opening().app().value();
            sql.queue(PG_DELIVERIES, id, type, event.sequence(), event.at(), event.body(), event.at(), app, like(type));
        } else {
            for (var endpoint : endpoints(sql, session, type)) {
                sql.queue(DELIVERY, endpoint, id, type, event.sequence(), event.at(), event.body(), event.at());
            }
        }
    }

    private static String like(String type) {
        return "%," + type + ",%";
    }

    private static List<String> endpoints(Sql sql, Session session, String type) throws SQLException {
        var endpoints = new ArrayList<String>();
        try (var rows = sql.query(ENDPOINTS, session.opening().app().value(), like(type))) {
            while (rows.next()) {
                endpoints.add(rows.text());
            }
        }
        return endpoints;
    }
}
