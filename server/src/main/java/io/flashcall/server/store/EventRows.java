package io.flashcall.server.store;

import io.flashcall.verification.Session;
import io.flashcall.verification.store.OutboxEvent;
import java.sql.SQLException;

/// What a published event writes: a row of the timeline, and a delivery for each endpoint that wants it.
final class EventRows {

    private static final String TIMELINE =
            "INSERT INTO timeline (session_id, sequence, type, at, attempt, details) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String DELIVERIES = """
            INSERT INTO deliveries (endpoint_id, session_id, type, sequence, at, body, state, due_at, tries, last)
            SELECT id, ?, ?, ?, ?, ?, 'waiting', ?, 0, ''
            FROM endpoints WHERE app = ? AND disabled IS NULL AND (types = '' OR types LIKE ?)""";

    private EventRows() {}

    static void insert(Sql sql, Session session, OutboxEvent event) throws SQLException {
        var id = session.id().value();
        var type = event.type().label();
        sql.update(TIMELINE, id, event.sequence(), type, event.at(), event.attempt(), event.details());
        if (!event.body().isEmpty()) {
            sql.update(
                    DELIVERIES,
                    id,
                    type,
                    event.sequence(),
                    event.at(),
                    event.body(),
                    event.at(),
                    session.opening().app().value(),
                    "%," + type + ",%");
        }
    }
}
