package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import io.flashcall.verification.pricing.Quote;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Counts attempts for the tiers of their prices, in the transaction that saves them. Of each family and
/// month there are several rows, by a hash of the session: nodes that save at the same moment seldom wait
/// for each other.
final class VolumeRows {

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

    private static final String ADD = """
            INSERT INTO volumes (family, month, shard, attempts) VALUES (?, ?, ?, 1)
            ON CONFLICT (family, month, shard) DO UPDATE SET attempts = volumes.attempts + 1""";

    private static final int SHARDS = 16;

    private VolumeRows() {}

    /// @param known how many attempts the session had before
    static void add(Sql sql, Session session, int known) throws SQLException {
        var attempts = session.attempts();
        for (var attempt : attempts.subList(Math.min(known, attempts.size()), attempts.size())) {
            var family = attempt.plan().quote().flatMap(Quote::family);
            if (family.isPresent()) {
                sql.queue(ADD, family.get(), month(attempt), shard(session));
            }
        }
    }

    /// One of a few rows that count the same.
    static int shard(Session session) {
        return Math.floorMod(session.id().value().hashCode(), SHARDS);
    }

    private static String month(Attempt attempt) {
        return MONTH.format(attempt.times().begun());
    }
}
