package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Spending;
import java.math.BigDecimal;
import java.time.LocalDate;

/// Spending over SQL; [SpendingRows] adds to it.
final class SqlSpending implements Spending {

    private static final String SPENT = "SELECT " + Exact.sumOf("spent_e8")
            + " FROM spending WHERE app = ? AND currency = ? AND day >= ? AND day <= ?";

    private static final String TELL = """
            INSERT INTO budget_notices (app, period, first, type, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING""";

    private static final String FORGET = "DELETE FROM spending WHERE day < ?";

    private static final String FORGET_NOTICES = "DELETE FROM budget_notices WHERE first < ?";

    private final Database database;

    SqlSpending(Database database) {
        this.database = database;
    }

    @Override
    public BigDecimal spent(AppId app, String currency, LocalDate first, LocalDate last) {
        return database.read("read what was spent", sql -> {
            try (var rows = sql.query(SPENT, app.value(), currency, first.toString(), last.toString())) {
                return rows.next() ? Exact.sum(rows) : BigDecimal.ZERO;
            }
        });
    }

    @Override
    public boolean tell(Notice notice) {
        return database.write("tell of a budget", sql -> {
            var type = notice.type().label();
            boolean first = sql.update(
                            TELL,
                            notice.app().value(),
                            notice.period().label(),
                            notice.first().toString(),
                            type,
                            notice.at())
                    > 0;
            if (first) {
                EventRows.deliver(sql, notice.app(), notice.type(), notice.body(), notice.at());
            }
            return first;
        });
    }

    @Override
    public int forget(LocalDate day) {
        return database.write("forget what was spent", sql -> {
            sql.queue(FORGET_NOTICES, day.toString());
            return sql.update(FORGET, day.toString());
        });
    }
}
