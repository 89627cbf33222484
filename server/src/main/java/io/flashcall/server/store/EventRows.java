package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Session;
import io.flashcall.verification.store.OutboxEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a published event writes: a row of the timeline, and a delivery for each endpoint that wants it.
final class EventRows {

    private static final String TIMELINE =
            "INSERT INTO timeline (session_id, sequence, type, at, attempt, details) VALUES (?, ?, ?, ?, ?, ?)";

    // Two statements are faster than one that inserts what it selects: that one prepares for many rows each time.
    private static final String ENDPOINTS = """
            SELECT id FROM endpoints WHERE app = ? AND disabled IS NULL AND (types = '' OR types LIKE ?)""";

    private static final String DELIVERY = """
            INSERT INTO deliveries (endpoint_id, session_id, type, sequence, at, body, state, due_at, tries, last)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 0, '')""";

    private EventRows() {}

    static void insert(Sql sql, Session session, OutboxEvent event) throws SQLException {
        var id = session.id().value();
        var type = event.type().label();
        sql.update(TIMELINE, id, event.sequence(), type, event.at(), event.attempt(), event.details());
        if (!event.body().isEmpty()) {
            for (var endpoint : endpoints(sql, session.opening().app(), type)) {
                sql.update(DELIVERY, endpoint, id, type, event.sequence(), event.at(), event.body(), event.at());
            }
        }
    }

    /// A delivery for each endpoint of an app that wants an event which belongs to no session.
    static void deliver(Sql sql, AppId app, EventType type, String body, Instant at) throws SQLException {
        for (var endpoint : endpoints(sql, app, type.label())) {
            sql.update(DELIVERY, endpoint, Optional.empty(), type.label(), 0, at, body, at);
        }
    }

    private static List<String> endpoints(Sql sql, AppId app, String type) throws SQLException {
        var endpoints = new ArrayList<String>();
        try (var rows = sql.query(ENDPOINTS, app.value(), "%," + type + ",%")) {
            while (rows.next()) {
                endpoints.add(rows.text());
            }
        }
        return endpoints;
    }
}
