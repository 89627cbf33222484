package io.flashcall.server.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.store.Endpoints;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Webhook endpoints over SQL.
final class SqlEndpoints implements Endpoints {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String READ = "SELECT id, app, url, types, secrets, disabled FROM endpoints";
    private static final String FIND = READ + " WHERE id = ?";
    private static final String ALL = READ + " ORDER BY id";
    private static final String OF_APP = READ + " WHERE app = ? ORDER BY id";

    private static final String SAVE = """
            INSERT INTO endpoints (id, app, url, types, secrets, disabled) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET app = excluded.app, url = excluded.url, types = excluded.types,
                secrets = excluded.secrets, disabled = excluded.disabled""";

    private static final String DELETE_DELIVERIES = "DELETE FROM deliveries WHERE endpoint_id = ?";

    private static final String DELETE = "DELETE FROM endpoints WHERE id = ?";

    private final Database database;

    SqlEndpoints(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Endpoint> find(String id) {
        return database.read("read an endpoint", sql -> {
            try (var rows = sql.query(FIND, id)) {
                return read(rows).stream().findFirst();
            }
        });
    }

    @Override
    public List<Endpoint> list(Optional<AppId> app) {
        return database.read("list endpoints", sql -> {
            try (var rows = app.isPresent() ? sql.query(OF_APP, app.get().value()) : sql.query(ALL)) {
                return read(rows);
            }
        });
    }

    @Override
    public void save(Endpoint endpoint) {
        database.change(
                "save an endpoint",
                SAVE,
                endpoint.id(),
                endpoint.app().value(),
                endpoint.url(),
                types(endpoint.types()),
                secrets(endpoint.secrets()),
                endpoint.disabled());
    }

    @Override
    public boolean delete(String id) {
        return database.write("delete an endpoint", sql -> {
            sql.queue(DELETE_DELIVERIES, id);
            return sql.update(DELETE, id) > 0;
        });
    }

    private static List<Endpoint> read(Rows rows) throws SQLException {
        var endpoints = new ArrayList<Endpoint>();
        while (rows.next()) {
            endpoints.add(new Endpoint(
                    rows.text(),
                    new AppId(rows.text()),
                    rows.text(),
                    types(rows.text()),
                    secrets(rows.text()),
                    rows.optionalText()));
        }
        return endpoints;
    }

    /// Each between commas, so that one can be found by `LIKE`.
    private static String types(Set<EventType> types) {
        return types.isEmpty()
                ? ""
                : types.stream().sorted().map(EventType::label).collect(Collectors.joining(",", ",", ","));
    }

    private static Set<EventType> types(String text) {
        var types = new HashSet<EventType>();
        for (var label : text.split(",", -1)) {
            if (!label.isEmpty()) {
                types.add(EventTypes.named(label));
            }
        }
        return types;
    }

    private static String secrets(List<Secret> secrets) {
        var array = JSON.createArrayNode();
        for (var secret : secrets) {
            var object = array.addObject().put("sealed", secret.sealed());
            secret.expiresAt().ifPresent(at -> object.put("expires_at", at.toEpochMilli()));
        }
        return array.toString();
    }

    private static List<Secret> secrets(String text) {
        var secrets = new ArrayList<Secret>();
        for (var object : JSON.readTree(text)) {
            secrets.add(new Secret(
                    object.required("sealed").stringValue(),
                    object.has("expires_at")
                            ? Optional.of(Instant.ofEpochMilli(
                                    object.required("expires_at").longValue()))
                            : Optional.empty()));
        }
        return secrets;
    }
}
