package io.flashcall.server.store;

import io.flashcall.verification.store.Leases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Leases over SQL; [LeaseRows] writes them.
final class SqlLeases implements Leases {

    private static final String TAKEN =
            "SELECT sealed_caller FROM leases WHERE destination_mac = ? AND (open = 1 OR taken_at > ?)";

    private static final String FORGET = "DELETE FROM leases WHERE open = 0 AND taken_at < ?";

    private final Database database;

    SqlLeases(Database database) {
        this.database = database;
    }

    @Override
    public List<String> taken(String destinationMac, Instant since) {
        return database.read("read leases", sql -> {
            var callers = new ArrayList<String>();
            try (var rows = sql.query(TAKEN, destinationMac, since)) {
                while (rows.next()) {
                    callers.add(rows.text());
                }
            }
            return callers;
        });
    }

    @Override
    public int forget(Instant before) {
        return database.change("forget leases", FORGET, before);
    }
}
