package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// API keys over SQL.
final class SqlApiKeys implements ApiKeys {

    private static final String ADD = """
            INSERT INTO api_keys (id, scope, app, hash, name, created_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?)""";

    private static final String READ = "SELECT id, scope, app, hash, name, created_at, revoked_at FROM api_keys";
    private static final String FIND = READ + " WHERE id = ?";
    private static final String ALL = READ + " ORDER BY created_at, id";
    private static final String OF_APP = READ + " WHERE app = ? ORDER BY created_at, id";

    private static final String REVOKE = "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";

    private final Database database;

    SqlApiKeys(Database database) {
        this.database = database;
    }

    @Override
    public void add(ApiKey key) {
        database.change(
                "add an API key",
                ADD,
                key.id(),
                key.scope().name().toLowerCase(Locale.ROOT),
                key.app().map(AppId::value),
                key.hash(),
                key.name(),
                key.validity().createdAt(),
                key.validity().revokedAt());
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return database.read("read an API key", sql -> {
            try (var rows = sql.query(FIND, id)) {
                return read(rows).stream().findFirst();
            }
        });
    }

    @Override
    public List<ApiKey> list(Optional<AppId> app) {
        return database.read("list API keys", sql -> {
            try (var rows = app.isPresent() ? sql.query(OF_APP, app.get().value()) : sql.query(ALL)) {
                return read(rows);
            }
        });
    }

    @Override
    public boolean revoke(String id, Instant now) {
        return database.change("revoke an API key", REVOKE, now, id) > 0;
    }

    private static List<ApiKey> read(Rows rows) throws SQLException {
        var keys = new ArrayList<ApiKey>();
        while (rows.next()) {
            keys.add(new ApiKey(
                    rows.text(),
                    Scope.valueOf(rows.text().toUpperCase(Locale.ROOT)),
                    rows.optionalText().map(AppId::new),
                    rows.text(),
                    rows.text(),
                    new Validity(rows.instant(), rows.optionalInstant())));
        }
        return keys;
    }
}
