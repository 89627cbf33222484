package io.flashcall.server.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;

/// Copies a database with SQLite's online backup: all pages within one step, and so as of one moment, while others read
/// and write.
final class SqliteBackup {

    private static final int ALL_PAGES = -1;
    private static final int PAUSE_MILLIS = 100;
    private static final int MOST_PAUSES = 100;

    private SqliteBackup() {}

    /// @return how many bytes the copy has
    /// @throws StoreException when there is no such database, the copy exists already, or it cannot be made
    static long copy(Path from, Path to) {
        if (!Files.isRegularFile(from)) {
            throw new StoreException("cannot copy " + from + ": there is no such database");
        }
        create(to);
        try {
            pages(from, to);
            return Files.size(to);
        } catch (SQLException | IOException | StoreException e) {
            delete(to);
            throw new StoreException("cannot copy " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    private static void pages(Path from, Path to) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(PAUSE_MILLIS * MOST_PAUSES);
        try (var connection = config.createConnection("jdbc:sqlite:" + from)) {
            int code = connection
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup("main", to.toString(), (_, _) -> {}, PAUSE_MILLIS, MOST_PAUSES, ALL_PAGES);
            if (code != Codes.SQLITE_OK) {
                throw new StoreException("SQLite says " + code);
            }
        }
    }

    /// For its owner alone from the first moment on.
    private static void create(Path to) {
        try {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new StoreException("cannot copy to " + to + ": it exists (expected: a new file)");
        } catch (IOException e) {
            throw new StoreException("cannot copy to " + to + ": " + e, e);
        }
    }

    private static void delete(Path to) {
        try {
            Files.deleteIfExists(to);
        } catch (IOException e) {
            // What failed is told; the rest of the file is the operator's.
        }
    }
}
