package io.flashcall.server.store;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import io.flashcall.verification.pricing.Charge;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/// Adds to what apps spend, in the transaction that saves their attempts; spread over rows as [VolumeRows]
/// are.
final class SpendingRows {

    private static final String ADD = """
            INSERT INTO spending (app, day, currency, shard, spent_e8) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (app, currency, day, shard) DO UPDATE SET spent_e8 = spending.spent_e8 + excluded.spent_e8""";

    // Always the same, so that no two transactions wait for each other's rows.
    private static final Comparator<Charge> ORDER =
            Comparator.comparing(Charge::currency).thenComparing(Charge::day);

    private SpendingRows() {}

    static void add(Sql sql, List<Attempt> before, Session after) throws SQLException {
        var charges = Charge.between(before, after.attempts());
        for (var charge : charges.stream().sorted(ORDER).toList()) {
            sql.queue(
                    ADD,
                    after.opening().app().value(),
                    charge.day().toString(),
                    charge.currency(),
                    VolumeRows.shard(after),
                    Exact.units(charge.amount()));
        }
    }
}
