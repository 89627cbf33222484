package io.flashcall.server.store;

import io.flashcall.verification.EventType;
import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.store.Quarantines;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Blocked caller ids over SQL.
final class SqlQuarantines implements Quarantines {

    // Whoever has a number's row counts its blocks alone: of several nodes one begins the quarantine.
    private static final String TAKE = """
            INSERT INTO quarantines (caller_mac, sealed_caller, pool, trunk, began_at, ends_at, destinations, times)
            VALUES (?, ?, ?, ?, 0, 0, 0, 0)
            ON CONFLICT (caller_mac) DO UPDATE SET times = quarantines.times""";

    private static final String FIND = "SELECT ends_at, times FROM quarantines WHERE caller_mac = ?";

    private static final String BLOCK = """
            INSERT INTO caller_id_blocks (caller_mac, destination_mac, at) VALUES (?, ?, ?)
            ON CONFLICT (caller_mac, destination_mac) DO UPDATE SET at = excluded.at""";

    private static final String COUNT = "SELECT COUNT(*) FROM caller_id_blocks WHERE caller_mac = ? AND at > ?";

    private static final String BEGIN = """
            UPDATE quarantines SET pool = ?, trunk = ?, began_at = ?, ends_at = ?, destinations = ?, times = ?
            WHERE caller_mac = ?""";

    private static final String FORGET_OF = "DELETE FROM caller_id_blocks WHERE caller_mac = ?";

    private static final String ACTIVE = """
            SELECT caller_mac, sealed_caller, pool, trunk, began_at, ends_at, destinations, times FROM quarantines
            WHERE ends_at > ? ORDER BY ends_at, caller_mac""";

    private static final String RELEASE = "DELETE FROM quarantines WHERE caller_mac = ? AND ends_at > ?";

    private static final String FORGET_BLOCKS = "DELETE FROM caller_id_blocks WHERE at < ?";

    private static final String FORGET_ENDED = """
            DELETE FROM quarantines WHERE ends_at < ? AND NOT EXISTS
                (SELECT 1 FROM caller_id_blocks b WHERE b.caller_mac = quarantines.caller_mac)""";

    private final Database database;

    SqlQuarantines(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Quarantined> report(Block block, QuarantineRule rule, Function<Quarantined, String> body) {
        return database.write("note a blocked caller id", sql -> {
            var caller = block.caller();
            var _ = sql.update(TAKE, caller.mac(), caller.sealed(), caller.pool(), caller.trunk());
            var known = known(sql, caller.mac());
            if (known.endsAt().isAfter(block.at())) {
                return Optional.<Quarantined>empty();
            }
            var _ = sql.update(BLOCK, caller.mac(), block.destinationMac(), block.at());
            int blocked = count(sql, caller.mac(), block.at().minus(rule.window()));
            if (!rule.isBroken(blocked)) {
                return Optional.<Quarantined>empty();
            }
            var begun = new Quarantined(
                    caller, block.at(), rule.end(block.at(), known.times()), blocked, known.times() + 1);
            sql.queue(
                    BEGIN,
                    caller.pool(),
                    caller.trunk(),
                    begun.since(),
                    begun.until(),
                    blocked,
                    begun.times(),
                    caller.mac());
            sql.queue(FORGET_OF, caller.mac());
            EventRows.deliver(sql, block.app(), EventType.CALLER_ID_QUARANTINED, body.apply(begun), block.at());
            return Optional.of(begun);
        });
    }

    private record Known(Instant endsAt, int times) {}

    private static Known known(Sql sql, String callerMac) throws SQLException {
        try (var rows = sql.query(FIND, callerMac)) {
            return rows.next() ? new Known(rows.instant(), rows.integer()) : new Known(Instant.EPOCH, 0);
        }
    }

    private static int count(Sql sql, String callerMac, Instant after) throws SQLException {
        try (var rows = sql.query(COUNT, callerMac, after)) {
            return rows.next() ? rows.integer() : 0;
        }
    }

    @Override
    public List<Quarantined> active(Instant now) {
        return database.read("read which caller ids are in quarantine", sql -> {
            var all = new ArrayList<Quarantined>();
            try (var rows = sql.query(ACTIVE, now)) {
                while (rows.next()) {
                    var caller = new Caller(rows.text(), rows.text(), rows.text(), rows.text());
                    all.add(new Quarantined(caller, rows.instant(), rows.instant(), rows.integer(), rows.integer()));
                }
            }
            return all;
        });
    }

    @Override
    public boolean release(String callerMac, Instant now) {
        return database.write("end a quarantine", sql -> {
            boolean released = sql.update(RELEASE, callerMac, now) > 0;
            if (released) {
                sql.queue(FORGET_OF, callerMac);
            }
            return released;
        });
    }

    @Override
    public int forget(Instant blocks, Instant ended) {
        return database.write("forget blocks", sql -> {
            int forgotten = sql.update(FORGET_BLOCKS, blocks);
            sql.queue(FORGET_ENDED, ended);
            return forgotten;
        });
    }
}
