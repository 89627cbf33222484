package io.flashcall.server.store;

import io.flashcall.engine.E164;
import io.flashcall.verification.AppId;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.Bills;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attempts for bills over SQL.
final class SqlBills implements Bills {

    private static final String PAGE =
            "SELECT s.id, s.app, s.purpose, s.destination, s.country, " + AttemptRows.COLUMNS + """
             FROM attempts a JOIN sessions s ON s.id = a.session_id
            WHERE (a.began_at, a.session_id, a.number) > (?, ?, ?) AND a.began_at < ?""";

    private static final String ORDER = " ORDER BY a.began_at, a.session_id, a.number LIMIT ?";

    private static final String ALL = PAGE + ORDER;
    // Not by the index of the app's sessions, from which each page would have to be sorted out of all of them.
    private static final String OF_APP = PAGE + " AND s.app || '' = ?" + ORDER;

    private final Database database;

    SqlBills(Database database) {
        this.database = database;
    }

    @Override
    public List<Item> page(Query query, Optional<Item> after, int most) {
        var values = new ArrayList<Object>();
        // No session's id is empty, and no attempt's number is 0: this comes before the first one of its moment.
        values.add(after.map(item -> item.attempt().times().begun()).orElse(query.from()));
        values.add(after.map(item -> item.session().value()).orElse(""));
        values.add(after.map(item -> item.attempt().number()).orElse(0));
        values.add(query.to());
        query.app().map(AppId::value).ifPresent(values::add);
        values.add(most);
        return database.read("read attempts", sql -> {
            var page = new ArrayList<Item>();
            try (var rows = sql.query(query.app().isPresent() ? OF_APP : ALL, values.toArray())) {
                while (rows.next()) {
                    page.add(item(rows));
                }
            }
            return page;
        });
    }

    private static Item item(Rows rows) throws SQLException {
        return new Item(
                new SessionId(rows.text()),
                new AppId(rows.text()),
                rows.text(),
                rows.optionalText().map(E164::new),
                rows.text(),
                AttemptRows.attempt(rows.integer(), rows));
    }
}
