package io.flashcall.server.store;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.SentMessages;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Sent messages over SQL.
final class SqlSentMessages implements SentMessages {

    /// A provider that counts anew gives out an id again: after an hour it is the new message's.
    private static final String NOTE = """
            INSERT INTO sent_messages (channel, id, session_id, attempt, number, sent_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (channel, id) DO UPDATE SET session_id = excluded.session_id, attempt = excluded.attempt,
                number = excluded.number, sent_at = excluded.sent_at, state = NULL
                WHERE sent_messages.sent_at < excluded.sent_at - 3600000""";

    private static final String SETTLE = """
            UPDATE sent_messages SET state = ?
            WHERE channel = ? AND id = ? AND (state IS NULL OR state = 'unknown')""";

    private static final String STANDING = """
            SELECT p.session_id, p.attempt, p.state
            FROM sent_messages m JOIN sent_messages p
                ON p.session_id = m.session_id AND p.attempt = m.attempt AND p.channel = m.channel
            WHERE m.channel = ? AND m.id = ? ORDER BY p.number""";

    private static final String PG_LOCK = STANDING + " FOR UPDATE OF p";

    private static final String FORGET = "DELETE FROM sent_messages WHERE sent_at < ?";

    private final Database database;

    SqlSentMessages(Database database) {
        this.database = database;
    }

    @Override
    public void note(List<Part> parts) {
        database.write("note a sent message", sql -> {
            for (var part : parts) {
                sql.queue(
                        NOTE,
                        part.channel().value(),
                        part.id(),
                        part.session().value(),
                        part.attempt(),
                        part.number(),
                        part.at());
            }
            return true;
        });
    }

    @Override
    public Optional<Standing> settle(ChannelName channel, String id, Receipt.State state) {
        return database.write("note a receipt", sql -> {
            if (sql.dialect() == Dialect.POSTGRESQL) {
                // Two receipts of one message would not see each other.
                sql.queue(PG_LOCK, channel.value(), id);
            }
            sql.queue(SETTLE, state.label(), channel.value(), id);
            return standing(sql, channel, id);
        });
    }

    @Override
    public int forget(Instant before) {
        return database.change("forget sent messages", FORGET, before);
    }

    private static Optional<Standing> standing(Sql sql, ChannelName channel, String id) throws SQLException {
        var parts = new ArrayList<Optional<Receipt.State>>();
        Optional<Standing> standing = Optional.empty();
        try (var rows = sql.query(STANDING, channel.value(), id)) {
            while (rows.next()) {
                var session = new SessionId(rows.text());
                int attempt = rows.integer();
                parts.add(rows.optionalText().map(SqlSentMessages::state));
                standing = Optional.of(new Standing(session, attempt, parts));
            }
        }
        return standing;
    }

    static Receipt.State state(String label) {
        return Receipt.State.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
