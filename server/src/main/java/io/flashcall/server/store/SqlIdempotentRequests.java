package io.flashcall.server.store;

import io.flashcall.verification.store.ClaimLostException;
import io.flashcall.verification.store.IdempotentRequests;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Idempotent requests over SQL.
final class SqlIdempotentRequests implements IdempotentRequests {

    /// Takes over what was in progress for too long.
    private static final String TAKE = """
            INSERT INTO idempotent_requests (owner, value, fingerprint, claimed_at, node) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, value) DO UPDATE SET claimed_at = excluded.claimed_at, node = excluded.node
                WHERE idempotent_requests.fingerprint = excluded.fingerprint AND idempotent_requests.status IS NULL
                    AND idempotent_requests.claimed_at <= ?""";

    private static final String READ =
            "SELECT fingerprint, body, status FROM idempotent_requests WHERE owner = ? AND value = ?";

    private static final String COMPLETE = """
            UPDATE idempotent_requests SET status = ?, body = ?, node = NULL
            WHERE owner = ? AND value = ? AND status IS NULL AND node = ?""";

    private static final String RELEASE =
            "DELETE FROM idempotent_requests WHERE owner = ? AND value = ? AND status IS NULL AND node = ?";

    private static final String FORGET = "DELETE FROM idempotent_requests WHERE claimed_at < ?";

    private static final int MOST_TRIES = 5;

    private final Database database;
    private final String node;

    /// @param node who claims
    SqlIdempotentRequests(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public Claim claim(Key key, String fingerprint, Instant now, Duration hold) {
        for (int i = 0; i < MOST_TRIES; i++) {
            int taken = database.change(
                    "claim an idempotency key",
                    TAKE,
                    key.owner(),
                    key.value(),
                    fingerprint,
                    now,
                    node,
                    now.minus(hold));
            if (taken > 0) {
                return new Claim.Granted();
            }
            var held = database.read("read an idempotency key", sql -> held(sql, key, fingerprint));
            if (held.isPresent()) {
                return held.get();
            }
            // Given back in between.
        }
        return new Claim.InProgress();
    }

    @Override
    public void complete(Result result) {
        database.change("keep a response", COMPLETE, values(result, node));
    }

    @Override
    public void release(Key key) {
        database.change("release an idempotency key", RELEASE, key.owner(), key.value(), node);
    }

    @Override
    public int forget(Instant before) {
        return database.change("forget idempotency keys", FORGET, before);
    }

    /// The same within a session's transaction. A node that was taken for dead may have lost the key to another one,
    /// which then does what was asked for.
    ///
    /// @throws ClaimLostException when it has
    static void complete(Sql sql, Result result, String node) throws SQLException {
        if (sql.update(COMPLETE, values(result, node)) == 0) {
            throw new ClaimLostException();
        }
    }

    private static Object[] values(Result result, String node) {
        return new Object[] {
            result.status(), result.body(), result.key().owner(), result.key().value(), node
        };
    }

    private static Optional<Claim> held(Sql sql, Key key, String fingerprint) throws SQLException {
        try (var rows = sql.query(READ, key.owner(), key.value())) {
            if (!rows.next()) {
                return Optional.empty();
            }
            if (!rows.text().equals(fingerprint)) {
                return Optional.of(new Claim.Mismatch());
            }
            var body = rows.optionalText();
            return Optional.of(body.isEmpty() ? new Claim.InProgress() : new Claim.Replay(rows.integer(), body.get()));
        }
    }
}
