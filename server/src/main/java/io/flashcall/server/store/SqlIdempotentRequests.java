package io.flashcall.server.store;

import io.flashcall.verification.store.IdempotentRequests;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Idempotent requests over SQL.
final class SqlIdempotentRequests implements IdempotentRequests {

    private static final String TAKE = """
            INSERT INTO idempotent_requests (owner, value, fingerprint, claimed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING""";

    private static final String TAKE_OVER = """
            UPDATE idempotent_requests SET claimed_at = ?
            WHERE owner = ? AND value = ? AND fingerprint = ? AND status IS NULL AND claimed_at <= ?""";

    private static final String READ =
            "SELECT fingerprint, body, status FROM idempotent_requests WHERE owner = ? AND value = ?";

    private static final String COMPLETE =
            "UPDATE idempotent_requests SET status = ?, body = ? WHERE owner = ? AND value = ? AND status IS NULL";

    private static final String RELEASE =
            "DELETE FROM idempotent_requests WHERE owner = ? AND value = ? AND status IS NULL";

    private static final String FORGET = "DELETE FROM idempotent_requests WHERE claimed_at < ?";

    private final Database database;

    SqlIdempotentRequests(Database database) {
        this.database = database;
    }

    @Override
    public Claim claim(Key key, String fingerprint, Instant now, Duration hold) {
        return database.write("claim an idempotency key", sql -> {
            if (sql.update(TAKE, key.owner(), key.value(), fingerprint, now) > 0
                    || sql.update(TAKE_OVER, now, key.owner(), key.value(), fingerprint, now.minus(hold)) > 0) {
                return new Claim.Granted();
            }
            return held(sql, key, fingerprint);
        });
    }

    @Override
    public void complete(Result result) {
        database.write("keep a response", sql -> {
            complete(sql, result);
            return true;
        });
    }

    @Override
    public void release(Key key) {
        database.write("release an idempotency key", sql -> sql.update(RELEASE, key.owner(), key.value()));
    }

    @Override
    public int forget(Instant before) {
        return database.write("forget idempotency keys", sql -> sql.update(FORGET, before));
    }

    /// The same within a session's transaction.
    static void complete(Sql sql, Result result) throws SQLException {
        sql.update(
                COMPLETE,
                result.status(),
                result.body(),
                result.key().owner(),
                result.key().value());
    }

    private static Claim held(Sql sql, Key key, String fingerprint) throws SQLException {
        try (var rows = sql.query(READ, key.owner(), key.value())) {
            rows.next();
            if (!rows.text().equals(fingerprint)) {
                return new Claim.Mismatch();
            }
            var body = rows.optionalText();
            return body.isEmpty() ? new Claim.InProgress() : new Claim.Replay(rows.integer(), body.get());
        }
    }
}
