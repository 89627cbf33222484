package io.flashcall.server.store;

import io.flashcall.verification.Vault;
import java.sql.SQLException;

/// Remembers which master key a database was made with: with another one nothing in it could be found or opened again.
final class DatabaseKey {

    private static final String READ = "SELECT value FROM meta WHERE name = 'master_key'";

    private static final String WRITE =
            "INSERT INTO meta (name, value) VALUES ('master_key', ?) ON CONFLICT (name) DO NOTHING";

    private DatabaseKey() {}

    /// @throws StoreException when it is another
    static void require(Database database, Vault vault, String name) {
        var known = database.read("read which master key it has", DatabaseKey::read);
        if (known.isEmpty()) {
            known = database.write("note its master key", sql -> {
                sql.update(WRITE, vault.keyId());
                return read(sql);
            });
        }
        if (!known.equals(vault.keyId())) {
            throw new StoreException("the database " + name + " was made with the master key " + known + " (expected: "
                    + vault.keyId() + ", the one configured); give it its own key, or name another database");
        }
    }

    private static String read(Sql sql) throws SQLException {
        try (var rows = sql.query(READ)) {
            return rows.next() ? rows.text() : "";
        }
    }
}
