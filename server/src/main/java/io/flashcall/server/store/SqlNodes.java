package io.flashcall.server.store;

import io.flashcall.verification.store.Nodes;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Nodes over SQL.
final class SqlNodes implements Nodes {

    private static final String BEAT = """
            INSERT INTO nodes (id, beats) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET beats = nodes.beats + 1""";

    private static final String ALL = "SELECT id, beats FROM nodes ORDER BY id";

    private static final String FORGET = "DELETE FROM nodes WHERE id = ?";

    private static final String FREE_DELIVERIES =
            "UPDATE deliveries SET due_at = ?, node = NULL WHERE node = ? AND settled_at IS NULL";

    private static final String FREE_REQUESTS = "DELETE FROM idempotent_requests WHERE node = ? AND status IS NULL";

    private final Database database;
    private final String own;

    SqlNodes(Database database, String own) {
        this.database = database;
        this.own = own;
    }

    @Override
    public String own() {
        return own;
    }

    @Override
    public Map<String, Long> beat() {
        return database.aside("say that this node lives", sql -> {
            sql.update(BEAT, own);
            var all = new TreeMap<String, Long>();
            try (var rows = sql.query(ALL)) {
                while (rows.next()) {
                    all.put(rows.text(), rows.number());
                }
            }
            return all;
        });
    }

    @Override
    public void bury(Collection<String> dead, Instant now) {
        if (dead.isEmpty()) {
            return;
        }
        var _ = database.write("take over from nodes that died", sql -> {
            for (var node : dead.stream().sorted().toList()) {
                sql.queue(FREE_DELIVERIES, now, node);
                sql.queue(FREE_REQUESTS, node);
                sql.queue(FORGET, node);
            }
            return true;
        });
    }
}
