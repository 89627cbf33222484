package io.flashcall.server.store;

import io.flashcall.verification.store.Volumes;
import java.time.YearMonth;

/// Volumes over SQL; [VolumeRows] counts.
final class SqlVolumes implements Volumes {

    private static final String ATTEMPTS =
            "SELECT coalesce(sum(attempts), 0) FROM volumes WHERE family = ? AND month = ?";

    private static final String FORGET = "DELETE FROM volumes WHERE month < ?";

    private final Database database;

    SqlVolumes(Database database) {
        this.database = database;
    }

    @Override
    public long attempts(String family, YearMonth month) {
        return database.read("read a volume", sql -> {
            try (var rows = sql.query(ATTEMPTS, family, month.toString())) {
                return rows.next() ? rows.number() : 0L;
            }
        });
    }

    @Override
    public int forget(YearMonth month) {
        return database.change("forget volumes", FORGET, month.toString());
    }
}
