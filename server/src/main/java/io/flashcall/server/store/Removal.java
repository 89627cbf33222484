package io.flashcall.server.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Takes numbers and addresses, and all that could give them back, out of sessions that are over. What statistics
/// need stays: country, keyed hashes, times, outcomes.
final class Removal {

    private static final String ENDED = """
            SELECT id FROM sessions WHERE ended_at < ? AND destination IS NOT NULL ORDER BY ended_at LIMIT ?""";

    private static final String OF_DESTINATION =
            "SELECT id FROM sessions WHERE destination_mac = ? AND status <> 'pending'";

    private static final String SESSION = """
            UPDATE sessions SET destination = NULL, user_reference = NULL, transaction_data = NULL, email = NULL,
                reuse_key = NULL, requested_code = NULL
            WHERE id = ?""";

    private static final String ATTEMPTS =
            "UPDATE attempts SET code_mac = '', caller_id = NULL, prefix = '' WHERE session_id = ?";

    private static final String LEASES = "DELETE FROM leases WHERE session_id = ?";

    private static final String MESSAGES = "DELETE FROM sent_messages WHERE session_id = ?";

    private static final String DELIVERIES = "DELETE FROM deliveries WHERE session_id = ?";

    private static final String BLANK_TIMELINE =
            "UPDATE timeline SET details = '{}' WHERE session_id = ? AND details <> '{}'";

    private static final String DELETE_TIMELINE = "DELETE FROM timeline WHERE session_id = ?";

    private static final String COUNTS = "DELETE FROM failed_checks WHERE destination_mac = ?";

    private static final String BLOCKS = "DELETE FROM caller_id_blocks WHERE destination_mac = ?";

    private Removal() {}

    static int endedBefore(Sql sql, Instant before, int most) throws SQLException {
        var sessions = ids(sql, ENDED, before, most);
        for (var id : sessions) {
            strip(sql, id);
            sql.queue(BLANK_TIMELINE, id);
        }
        return sessions.size();
    }

    static int ofDestination(Sql sql, String mac) throws SQLException {
        var sessions = ids(sql, OF_DESTINATION, mac);
        for (var id : sessions) {
            strip(sql, id);
            sql.queue(DELETE_TIMELINE, id);
        }
        sql.queue(COUNTS, mac);
        sql.queue(BLOCKS, mac);
        return sessions.size();
    }

    private static void strip(Sql sql, String id) throws SQLException {
        sql.queue(SESSION, id);
        sql.queue(ATTEMPTS, id);
        sql.queue(LEASES, id);
        sql.queue(MESSAGES, id);
        sql.queue(DELIVERIES, id);
    }

    private static List<String> ids(Sql sql, String text, Object... values) throws SQLException {
        var ids = new ArrayList<String>();
        try (var rows = sql.query(text, values)) {
            while (rows.next()) {
                ids.add(rows.text());
            }
        }
        return ids;
    }
}
