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
        if (!event.body().isEmpty()) {
            deliver(sql, session.opening().app(), Optional.of(id), event);
        }
    }

    /// A delivery for each endpoint of an app that wants an event which belongs to no session.
    static void deliver(Sql sql, AppId app, EventType type, String body, Instant at) throws SQLException {
        deliver(sql, app, Optional.empty(), new OutboxEvent(type, 0, at, 0, "{}", body));
    }

    private static void deliver(Sql sql, AppId app, Optional<String> session, OutboxEvent event) throws SQLException {
        var type = event.type().label();
        switch (sql.dialect()) {
            case SQLITE -> {
                for (var endpoint : endpoints(sql, app, type)) {
                    sql.queue(
                            DELIVERY, endpoint, session, type, event.sequence(), event.at(), event.body(), event.at());
                }
            }
            case POSTGRESQL ->
                sql.queue(
                        PG_DELIVERIES,
                        session,
                        type,
                        event.sequence(),
                        event.at(),
                        event.body(),
                        event.at(),
                        app.value(),
                        like(type));
        }
    }

    private static String like(String type) {
        return "%," + type + ",%";
    }

    private static List<String> endpoints(Sql sql, AppId app, String type) throws SQLException {
        var endpoints = new ArrayList<String>();
        try (var rows = sql.query(ENDPOINTS, app.value(), like(type))) {
            while (rows.next()) {
                endpoints.add(rows.text());
            }
        }
        return endpoints;
    }
}
